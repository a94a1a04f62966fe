"""Every Norwegian sentence of the tools. They are read by language models, which pass them on to people."""

NAME = "bht-assistenten"
TITLE = "BHT-assistenten"
INSTRUCTIONS = (
    "Norsk regelverk om bedriftshelsetjeneste (BHT) og HMS, med ordrette, kontrollerte sitater. Bruk «sporsmal» for et spørsmål, «bht_plikt» for plikten i en bransje, "
    "«paragraf» for en bestemt paragraf og «sok» for å lete. Gjengi sitater ordrett, oppgi paragraf, dato og lenke, og kontroller sitater du selv skriver, med «verifiser_sitat». "
    "Er «refused» true, finnes ikke svaret i kildene: si det, og ikke svar fra egen hukommelse."
)
SEARCH = "Søk i lov, forskrift og veiledning om BHT og HMS. Gir paragrafene som passer best, med ordlyd og lenke."
PROVISION = "Vis en paragraf med alle tekster, datoer og tidligere ordlyd."
DUTY = "Sjekk om en virksomhet må ha bedriftshelsetjeneste, ut fra bransje eller næringskode. Gir utfall, rad i § 13-1, sitat og neste steg."
ASK = (
    "Still et spørsmål om BHT eller HMS. Gir et kort svar med ordrette sitater, eller sier at kildene ikke har svaret."
)
QUOTE = (
    "Kontroller at et sitat står ordrett i en paragraf. Gir stedet, eller den likeste teksten når det ikke gjør det."
)
CHANGES = "List opp det som er endret i lovteksten siden den ble hentet første gang, med gammel og ny ordlyd."

NO_SUCH_TOOL = "Det finnes ikke noe verktøy som heter «{name}». Velg blant: {names}."
UNEXPECTED = "Noe gikk galt hos oss, og det er meldt i loggen. Prøv igjen, eller spør på en annen måte."
NOTHING_FETCHED = (
    "Lovteksten er ikke hentet fra Lovdata ennå, så det er ingen endringer å vise. Hent den med «bht corpus sync»."
)
