"""What the texts of the escalation may say of a case: the facts, and no more.

Flags and dates only; the words are in ``letter_templates``. Every field is always
there, empty when nothing was recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from cnil_requests.core.citations import doctrine, is_unheard, told
from cnil_requests.core.clock import is_extended
from cnil_requests.core.deadline_clock import ExtensionOutcome
from cnil_requests.core.exhibit_titles import Place
from cnil_requests.core.exhibits import cite, exhibits_of, pieces
from cnil_requests.core.facts import facts_of
from cnil_requests.core.findings import Findings, Ground
from cnil_requests.core.french_dates import long_date
from cnil_requests.core.letter_fields import variables_of
from cnil_requests.core.letters import goes_to_host
from cnil_requests.core.replaying import effective, is_about_notice
from cnil_requests.core.requests import EventKind, Outcome
from cnil_requests.core.text import sentence_stop

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.exhibits import Exhibit, KeptFile
    from cnil_requests.core.findings import Reply
    from cnil_requests.core.history import Answer
    from cnil_requests.core.people import Person
    from cnil_requests.core.requests import Event
    from cnil_requests.core.standing import Standing


@dataclass(frozen=True)
class Case:
    """One request on one day, with its person and its files."""

    standing: Standing
    person: Person
    files: tuple[KeptFile, ...]
    today: date
    still_online: date | None = None

    @cached_property
    def findings(self) -> Findings:
        """What the facts amount to."""
        return Findings(self.standing)

    @cached_property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """The numbered exhibits."""
        return exhibits_of(
            self.standing.events,
            self.files,
            mandate=self.person.mandate,
            still_online=self.still_online,
        )

    @cached_property
    def grounds(self) -> frozenset[Ground]:
        """What may be asserted today."""
        return self.findings.open_on(self.today)

    def variables(self) -> dict[str, object]:
        """Return what every text of the escalation may use."""
        request = self.standing.request
        return {
            **variables_of(request, self.person),
            "case": self.case_fields,
            "stated": [
                {
                    "text": told(item),
                    "stop": sentence_stop(item.detail),
                }
                for item in request.reasons
            ],
            "facts": [fact.fields() for fact in facts_of(self.standing, self.exhibits)],
            "law": doctrine(request),
        }

    @cached_property
    def was_edited(self) -> bool:
        """Say whether the posted text is not the one that was drafted."""
        return any(event.data.get("edited") for event in self._of_kind(EventKind.SENT))

    @cached_property
    def case_fields(self) -> dict[str, object]:
        """What the texts may say of the case itself."""
        return {
            "right": self.standing.request.right.value,
            "via_host": goes_to_host(self.standing.request),
            **self._request(),
            **self._receipt(),
            **self._period(),
            **self._answers(),
            **self._sightings(),
            **self._notice(),
            "is_ignored_objection": self._is_ignored_objection,
        }

    @property
    def _is_ignored_objection(self) -> bool:
        """Say whether an objection, described as sent, was refused or left unheard."""
        receipt = self.standing.history.receipt
        refused = self.findings.refusal is not None
        known = refused or (receipt is not None and receipt.arrived)
        right = self.standing.request.right
        return known and not self.was_edited and is_unheard(right, self.grounds)

    def _of_kind(self, kind: EventKind, *, notice: bool = False) -> list[Event]:
        return [
            event
            for event in effective(self.standing.events)
            if event.kind is kind and is_about_notice(event) == notice
        ]

    def _request(self) -> dict[str, object]:
        sent = self._of_kind(EventKind.SENT)
        return {
            "sent_on": long_date(sent[0].on) if sent else "",
            "by": sent[0].data["by"] if sent else "",
            "piece": self._cited(Place.REQUEST),
            "edited": self.was_edited,
        }

    def _receipt(self) -> dict[str, object]:
        receipt = self.standing.history.receipt
        if receipt is None:
            return {"receipt": "", "received_on": "", "receipt_pieces": ""}
        arrivals = [
            event.number
            for kind in _ARRIVALS.get(receipt.kind, ())
            for event in self._of_kind(kind)
            if event.on == receipt.on
        ]
        return {
            "receipt": receipt.kind,
            "received_on": long_date(receipt.on),
            "receipt_pieces": pieces(self.exhibits, *arrivals),
        }

    def _period(self) -> dict[str, object]:
        safe = self.findings.safe_day
        over = safe is not None and safe <= self.today
        deadline = self.standing.deadline
        notice = deadline.extension if deadline else None
        replies = self.findings.of(Outcome.EXTENDED)
        bad = over and notice in (ExtensionOutcome.LATE, ExtensionOutcome.UNREASONED)
        return {
            "last_day": long_date(safe - timedelta(days=1)) if over and safe else "",
            "extended": is_extended(deadline),
            "contested": deadline is not None and deadline.is_contested,
            "silent": Ground.SILENCE in self.grounds,
            "undecided": Ground.UNDECIDED in self.grounds,
            "extensions": [self.reply_fields(reply) for reply in replies]
            if bad
            else [],
        }

    def _answers(self) -> dict[str, object]:
        findings = self.findings
        return {
            "refusals": self._one(findings.refusal),
            "partial": findings.final_outcome is Outcome.PARTIAL,
            "grants": self._one(findings.grant),
            "not_done": Ground.NOT_DONE in self.grounds,
            "payments": self._replies(Outcome.PAYMENT),
            "accounts": self._replies(Outcome.ACCOUNT),
            "identities": [
                self.reply_fields(reply)
                for reply in findings.of(Outcome.IDENTITY)
                if not reply.answer.reasons
            ],
        }

    def _sightings(self) -> dict[str, object]:
        sight = self.standing.history.last_sight
        seen = self._of_kind(EventKind.SEEN)
        day = self.still_online
        return {
            "sight": sight.what if sight else "",
            "sight_on": long_date(sight.on) if sight else "",
            "sight_pieces": pieces(self.exhibits, seen[-1].number) if seen else "",
            "still_online": long_date(day) if day else "",
            "still_pieces": self._cited(Place.LAST),
        }

    def _cited(self, rank: int) -> str:
        return cite(item for item in self.exhibits if item.rank == rank)

    def _notice(self) -> dict[str, object]:
        sent = self._of_kind(EventKind.SENT, notice=True)
        posted = [item for item in self.standing.history.follow_ups if item.posted_on]
        last = sent[-1] if sent and posted else None
        return {
            "notice_on": long_date(last.on) if last else "",
            "notice_pieces": pieces(self.exhibits, last.number) if last else "",
        }

    def _one(self, reply: Reply | None) -> list[dict[str, object]]:
        return [self.reply_fields(reply)] if reply else []

    def _replies(self, outcome: Outcome) -> list[dict[str, object]]:
        return [self.reply_fields(reply) for reply in self.findings.of(outcome)]

    def reply_fields(self, reply: Reply) -> dict[str, object]:
        """Return what the texts say of one answer."""
        answer = reply.answer
        return {
            "on": long_date(answer.on),
            "dated": long_date(answer.dated) if answer.dated else "",
            "promised": long_date(answer.promised) if answer.promised else "",
            "pieces": pieces(self.exhibits, reply.event),
            "late": self.findings.is_late(reply),
            "no_reasons": not answer.reasons,
            "no_remedies": not answer.remedies,
            "bad_extension": bad_extension(answer),
        }


def bad_extension(answer: Answer) -> str:
    """Name what is wrong with a notice, none of them being valid.

    Without reasons it is bad whenever it came; with them, it can only be late.
    """
    if answer.outcome is not Outcome.EXTENDED:
        return ""
    outcome = ExtensionOutcome.LATE if answer.reasons else ExtensionOutcome.UNREASONED
    return outcome.value


_ARRIVALS = {
    "delivered": (EventKind.RECEIVED, EventKind.SENT),
    "presumed": (EventKind.SENT,),
    "estimated": (EventKind.RECEIVED,),
    "unclaimed": (EventKind.UNCLAIMED,),
    "refused": (EventKind.REFUSED,),
}
