"""Every Norwegian string of the tabs that show the sources: "Slå opp" and "Kilder"."""

LOOKUP = "Slå opp"
LOOKUP_HINT = "Les paragrafen selv: søk etter adressen eller etter ord, eller bla i en lov."
LOOKUP_LABEL = "Paragraf eller ord"
LOOKUP_PLACEHOLDER = "For eksempel «olm 13-2 e» eller «støy»"
LOOKUP_SEARCH = "Søk"
LOOKUP_LEVELS = "Ta med i søket"
LOOKUP_BROWSE = "Bla i kildene"
LOOKUP_FILTER = "Finn en lov eller forskrift"
LOOKUP_NOTHING = "Her vises det du slår opp."
LOOKUP_SEARCHING = "Slår opp …"
LOOKUP_EMPTY = "Skriv en paragraf eller noen ord først, for eksempel «aml § 3-3» eller «verneombud»."
FOUND = "{count} treff på «{query}»"
FOUND_ONE = "1 treff på «{query}»"
FOUND_NOTHING = "Ingen treff på «{query}»"
FOUND_NOTHING_HINT = "Prøv andre ord, eller ta med flere slags kilder i søket."
DOCUMENT_GONE = "Dokumentet finnes ikke lenger i kildene. Last siden på nytt."
WITHOUT_CHAPTER = "Uten kapittel"
TEXT_PER = "Tekst per {date}"
GROUPS = {
    "lov": "Lover",
    "forskrift": "Forskrifter",
    "veiledning": "Veiledning",
    "andre": "Andre kilder",
    "egne": "Egne dokumenter",
}
# What our collections of notes are about.
GUIDANCE = {
    "veiledning/bht": "Hva bedriftshelsetjeneste er",
    "veiledning/bruk-av-bht": "Bruk av bedriftshelsetjeneste",
    "veiledning/evaluering": "Evaluering av BHT-ordningen",
    "veiledning/grupper": "Gravide, unge og arbeidsmiljø",
    "veiledning/helse": "Helseundersøkelser, støy og kjemikalier",
    "veiledning/internkontroll": "Internkontroll og risikovurdering",
    "veiledning/leverandor": "Velge og kjøpe BHT",
    "veiledning/okonomi": "Pris, skatt og tilskudd",
    "veiledning/sykefravaer": "Sykefravær og oppfølging",
    "veiledning/tilsyn": "Ulykker, varsling og tilsyn",
    "veiledning/verneombud-amu": "Verneombud, AMU og opplæring",
}

SOURCES = "Kilder"
SOURCES_HINT = "Dette er alt svarene kan bygge på. Står det ikke her, kan assistenten ikke svare på det."
CORE = "Våre gjengivelser og veiledninger"
CORE_HINT = "Reglene med våre egne ord, og notater om hva myndighetene skriver. Følger med programmet."
LOVDATA = "Ordrett fra Lovdata"
OWN = "Egne dokumenter"
OWN_HINT = "Dokumenter som er lagt til her. De kan belyse et svar, men aldri begrunne en plikt."
NO_LOVDATA = "Lovens egne ord er ikke hentet hit ennå, så svarene bygger på våre gjengivelser, med lenke til Lovdata."
NAME, COUNT, TEXT_DATE, CHECKED = "Navn", "Tekster", "Tekst per", "Kontrollert"
OLD = "For over seks måneder siden"
OLD_SOME = "{count} kilder er ikke kontrollert på over seks måneder. Sjekk teksten hos Lovdata før du handler."
WITHDRAWN = "Ikke lenger i Lovdatas arkiv"
NEWEST_CHECK = "Sist kontrollert {date}."
CONFLICTS_IN = "Strider mot loven: {count}"
UNDATED = "–"
