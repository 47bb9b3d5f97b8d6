#!/bin/sh
# The demonstration behind `make demo`: an invented doctor and invented listings.
# usage: sh docs/demo.sh COMMAND HOME (HOME is made anew)
set -eu
command=$1
home=$2
where=exemple-fictif/dr-camille-exemple

say() { printf '\n%s\n' "$*"; }
cnilreq() { "$command" --home "$home" "$@"; }

rm -rf "$home"
say "1. Une médecin imaginaire : Dr Camille Exemple."
cnilreq init --title Dr --first-name Camille --last-name Exemple \
  --profession "médecin généraliste" --rpps 10000000000 \
  --street "1 RUE DE L'EXEMPLE" --postcode 75000 --city PARIS \
  --email camille.exemple@example.org

say "2. Les huit sites du guide de l'URPS, et Doctolib (fiches imaginaires)."
cnilreq draft \
  annuaire-horaire choisirunmedecin doctoome horairesdouverture24 keskeces \
  lemedecin societe-com tous-les-horaires doctolib \
  --because secrecy --because not-informed \
  --url "https://www.annuaire-horaire.fr/$where" \
  --url "https://choisirunmedecin.com/$where" \
  --url "https://www.doctoome.com/$where" \
  --url "https://www.horairesdouverture24.fr/$where" \
  --url "https://www.keskeces.com/$where" \
  --url "https://www.lemedecin.fr/$where" \
  --url "https://www.societe.com/$where" \
  --url "https://www.tous-les-horaires.fr/$where" \
  --url "https://www.doctolib.fr/$where"

say "3. Google : la recherche, puis la fiche d'établissement."
cnilreq draft google-search --because secrecy --search-name "Camille Exemple" \
  --url "https://www.keskeces.com/$where"
cnilreq draft google-business-profile --because secrecy --because not-informed \
  --url "https://www.google.com/maps/place/$where"

say "4. Ce qui est écrit sur le disque :"
find "$home" -type f | sort
say "Ouvrez une lettre, par exemple :"
find "$home" -name '*.docx' | sort | sed -n 1p
