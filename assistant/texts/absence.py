"""What is said of the cost of sick leave: the sum, how sure it is, and the figures that are missing."""

ASK_DAILY_COST = "Hva koster én fraværsdag dere, i kroner?"
ASK_ABSENCE_RATE = "Hvor mange prosent er sykefraværet deres nå?"
ASK_ABSENCE_TARGET = "Hvor mange prosent sykefravær vil dere ned på?"
ABSENCE_WHICH = "Hvilket tall skal jeg bruke i stedet?"
ABSENCE_MORE = "Det regner jeg ut for dere når jeg har {more} til."
ABSENCE_SO_FAR = "Regnestykket så langt: {people} ansatte × {days} arbeidsdager × {rate} % fravær × {kroner} kr dagen."
ABSENCE_COSTS = "Sykefraværet koster dere om lag {amount} i året."
ABSENCE_SAVES = "Dere sparer om lag {amount} i året på å gå fra {rate} % til {target} % sykefravær."
ABSENCE_SAME = "Målet er det samme som fraværet nå, så det er ingenting å spare."
ABSENCE_EITHER = "Det kan gå begge veier: Dere sparer om lag {amount} i året, der minus betyr at det blir dyrere."
ABSENCE_DEARER = "Målet er høyere enn fraværet nå, så det koster dere om lag {amount} mer i året."
ABSENCE_DIFFERENCE, ABSENCE_COST = "forskjellen", "kostnaden"
ABSENCE_OWN_RANGE = "Spennet i svaret kommer bare av spennet i tallene du ga."
ABSENCE_MARGIN = (
    "Er dagskostnaden {percent} % lavere eller høyere enn du skrev, blir {name} om lag {low} til {high}. "
    "De {percent} prosentene er et regneeksempel, ikke statistikk."
)
ABSENCE_REMARK = (
    "Alle fraværsdager får samme pris, og det tiltak koster, er ikke trukket fra. Antall arbeidsdager kan du endre."
)
ABSENCE_PERIOD = "Arbeidsgiverperioden:"
ABSENCE_NOT_SPLIT = (
    "Summen er ikke delt der. Vet dere hvor mange prosent av fraværsdagene som ligger i perioden, så oppgi det."
)
ABSENCE_SPLIT = (
    "Med {share} % av fraværsdagene i arbeidsgiverperioden, som dere oppga, ligger {part} "
    "av kostnaden nå der, og {rest} etter den."
)
ABSENCE_ASKS_TARGET = f"{ASK_ABSENCE_TARGET} Skriv det, så regner jeg ut hva dere sparer."
ABSENCE_CHANGE = (
    "Bytt gjerne ut et tall, eller skriv et spenn, for eksempel «1500-2500 kr dagen», så regner jeg på nytt."
)


def count_figures(count: int) -> str:
    """Return how many figures: "ett tall", "2 tall"."""
    return "ett tall" if count == 1 else f"{count} tall"
