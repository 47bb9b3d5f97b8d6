"""The words between a cue and the name that it introduces."""

from __future__ import annotations

import re

from cnil_requests.web.folding import fold

#: The words between a cue and the name it introduces.
_BETWEEN = re.compile(
    r"(?:[\s:–—-]|\)|(?:et |and )?(?:l')?heberge\w*\b|"
    r"\b(?:du|de|de la|de ce|des|le|la|ce|cet|cette|notre|present|presente|site|"
    r"sites|web|internet|plateforme|application|portail|service|annuaire|"
    r"publication|redaction|"
    r"est|sont|assure|assuree|assures|effectue|realise|realisee|opere|operee|par|"
    r"chez|is|by|the|of|this|website|et|responsable|donnees|sante|mobile|"
    r"actuellement|aupres|www\.\S+|[\w-]+\.(?:fr|com|net|org|eu|info|app)\b|"
    r"sur les "
    r"serveurs|fourni|fournie|confie|confiee|a|nom|raison sociale|denomination|"
    r"legale?|physique|morale|personne|provider|gere|geree|suivant|d'|"
    r"l'hebergement|"
    r"mise en ligne|traitement|exclusive|exclusif|societe editrice)\b)*"
)
_NEAR_CUE = 200


def name_start(text: str, at: int) -> int:
    """Pass over the words between a cue and the name it introduces."""
    found = _BETWEEN.match(fold(text[at : at + _NEAR_CUE]))
    end = at + (found.end() if found else 0)
    # « la » and « le » may belong to a name (« La Poste »): step back on capitals.
    while end > at and text[end - 1 : end].isalpha():
        word = re.search(r"[\w'’.-]+$", text[at:end])
        if not word or not word.group()[0].isupper() or fold(word.group()) in (
            "site", "plateforme", "application", "du", "de", "web", "internet",
        ):  # fmt: skip
            break
        end = at + word.start()
    return end
