#!/bin/sh
# The demonstration behind `make demo`: an invented doctor and invented listings,
# on the day it is run. usage: sh docs/demo.sh COMMAND HOME (HOME is made anew)
set -eu
command=$1
home=$2
where=exemple-fictif/dr-camille-exemple

step() { printf '\n=== %s\n\n' "$*"; }
cnilreq() { "$command" --home "$home" "$@"; }

rm -rf "$home"
step "1. Une identité imaginaire : Dr Camille Exemple"
cnilreq init --title Dr --first-name Camille --last-name Exemple \
  --profession "médecin généraliste" --rpps 00000000000 \
  --street "1 rue de l'Exemple" --postcode 75001 --city Paris \
  --email camille.exemple@example.org

step "2. Les huit sites du guide de l'URPS, et Doctolib (fiches imaginaires)"
cnilreq draft \
  annuaire-horaire choisirunmedecin doctoome horairesdouverture24 keskeces \
  lemedecin societe-com tous-les-horaires doctolib \
  --because secrecy --because not-informed \
  --url "https://www.annuaire-horaire.fr/$where" \
  --url "https://www.choisirunmedecin.com/$where" \
  --url "https://www.doctoome.com/$where" \
  --url "https://www.horairesdouverture24.fr/$where" \
  --url "https://www.keskeces.com/$where" \
  --url "https://www.lemedecin.fr/$where" \
  --url "https://www.societe.com/$where" \
  --url "https://www.tous-les-horaires.fr/$where" \
  --url "https://www.doctolib.fr/$where"

step "3. Google : la recherche sur le nom, puis la fiche de Google Maps"
cnilreq draft google-search --because secrecy --search-name "Camille Exemple" \
  --url "https://www.keskeces.com/$where"
cnilreq draft google-business-profile --because secrecy --because not-informed \
  --url "https://www.google.com/maps/place/$where"

step "4. Ce qu'il faut faire aujourd'hui (cnilreq remind)"
cnilreq remind

step "5. Ce qui est écrit"
find "$home" -type f | sort
printf '\nRien n'\''a été envoyé. Ouvrez une lettre, par exemple celle à Doctolib :\n  %s\n' \
  "$(find "$home" -path '*doctolib*' -name '*.docx')"
printf '\nPour vous, ensuite :\n  %s init\n  %s draft ADRESSE-DE-VOTRE-FICHE\n' \
  "$command" "$command"
