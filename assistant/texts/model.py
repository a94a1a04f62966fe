"""What is said of a language model, and of the claims of a text that is checked."""

from corpus.document import Verdict

VERDICTS = {Verdict.YES: "ja", Verdict.NO: "nei", Verdict.DEPENDS: "det kommer an på"}
WRITTEN_BY_MODEL = "Skrevet av språkmodell, hver setning kontrollert"
MODEL_FAILED = "{reason} Du får svaret uten språkmodell."
MODEL_UNPROVEN = "Språkmodellens svar kunne ikke bevises fra kildene, så du får kildenes egne ord."
MODEL_EMPTY = "Språkmodellen fant ikke noe å si ut fra kildene, så du får kildenes egne ord."
NO_MODEL = "Ingen språkmodell er satt opp. Oppgi adressen til den med BHT_LLM_URL og navnet med BHT_LLM_MODEL, eller spør uten --engine llm."


def model_stopped(replaced: int, left_out: int) -> str:
    """Return the line on sentences of a model that could not be proven."""
    parts = [f"{replaced} er byttet ut med kildens egne ord"] if replaced else []
    parts += [f"{left_out} er utelatt"] if left_out else []
    total = replaced + left_out
    noun = "setning" if total == 1 else "setninger"
    return f"{total} {noun} fra språkmodellen kunne ikke bevises fra kildene: {' og '.join(parts)}."


CLAIM_SUPPORTED, CLAIM_CONTRADICTED, CLAIM_NOT_FOUND = "Støttet", "Motsagt", "Ikke funnet"
NO_CLAIMS = (
    "Teksten har ingen påstander som kan kontrolleres. Skriv hele setninger, for eksempel: Verneombud velges for to år."
)
CLAIMS_RESERVATION = (
    "«Ikke funnet» betyr at kildene her ikke sier det, ikke at det er galt. Les paragrafen før du bruker påstanden."
)
