"""Is the question whether the asker must have BHT, and nothing else?"""

import re

from assistant.respond.left_over import left_over
from assistant.understand.company import without_headcount
from assistant.understand.question import Understood

_BHT = ("bht*", "bedriftshels*", "bedrifthels*", "bedriftslege*", "occupational health*", "godkjent bht", "ohs")
_MAX_RESIDUE = 2
_BHT_WORD = r"(?:bht\w*|bedriftshels\w*|bedrifthels\w*|bedriftslege\w*|occupational\s+health(?:\s+(?:care|services?|providers?|schemes?|doctors?|nurses?))*|ohs)"
_DUTY_VERB = (
    r"(?:må|lyt|skal|trenger|treng|trengst|plikter|pliktar|plikt\w*|pliktig\w*|nødt|nøydd\w*|nødvendig|pålagt|pålagd|pålagde|lovpålagt|påbudt|påbode|krav|krever|kreves|krevst|obligatorisk|tvungen|"
    r"slipper|slepp|fritatt|fritak|unntatt|omfatta|omfattes|omfattet|gjelder|gjeld|burde|bør|must|have\s+to|need|required?|mandatory|obliged)"
)
# "må vi ha BHT", "er BHT påbudt for oss", "trenger frisører BHT": BHT is what somebody must have ...
_HAVE_BHT = re.compile(
    rf"\b{_DUTY_VERB}\b.*\b{_BHT_WORD}|\b{_BHT_WORD}(?:-?\s?(?:plikt\w*|krav\w*|ordning\w*))?\b.*\b{_DUTY_VERB}|\b{_BHT_WORD}[- ]?plikt\w*",
    re.IGNORECASE,
)
# ... not who must do something: "må BHT være med", "skal BHT kartlegge".
_BHT_DOES = re.compile(
    rf"\b(?:må|skal|kan|bør|vil|får|trenger)\s+(?:da\s+|også\s+|alltid\s+|egentlig\s+)?{_BHT_WORD}(?:en|a)?\s+(?:å\s+)?(?!for\b|hos\b|når\b|da\b|selv\b|hvis\b|i\b|til\b|nå\b|om\b)[a-zæøå]+",
    re.IGNORECASE,
)
# Words of another question about BHT.
_OTHER_QUESTION = re.compile(
    r"\b(?:kost\w*|pris\w*|betal\w*|dyrt?|moms\w*|mva|amu|dialogmøte\w*|møte\w*|plan\w*|årsplan\w*|rapport\w*|årsrapport\w*|straff\w*|bot|bøter|gebyr\w*|mulkt\w*|skjer|konsekvens\w*|oppgave\w*|"
    r"innhold\w*|bytte\w*|velge\w*|kontrakt\w*|taushetsplikt\w*|helsekontroll\w*|helseundersøkelse\w*|godkjenning\w*|dispensasjon\w*|søke\w*|delta\w*|risikovurdering\w*|fastlege\w*|lege|legekontor\w*|cost\w*|price|"
    r"bli\s+godkjent|være\s+godkjent|være\s+med|signere\w*|brukes?|sykefravær\w*|behandle\w*|hvilke\s+opp\w*|hvor\s+ofte|vernerunde\w*)\b",
    re.IGNORECASE,
)
# "En selger sa at vi må ha BHT. Må vi det?"
_ANAPHORIC = re.compile(
    r"^\W*(?:og|men|så)?\s*(?:må|plikter|pliktar|er|trenger|treng|slipper|slepp|gjelder|gjeld|lyt|do|must|are)\s+(?:virkelig\s+|verkeleg\s+|egentlig\s+)?"
    r"(?:vi|me|jeg|eg|det|dette|we|i)\b(?:\s+\w+){0,3}?\s*\b(?:det|dette|oss|meg|that|us|pålagt|pålagd|påbudt|påbode|pliktige?|tvungne?)\W*$",
    re.IGNORECASE,
)
# "Vi har aldri hatt BHT. Er vi pålagt det?"
_HAVING = re.compile(
    rf"\b(?:ha|har|hatt|havt|hadde|uten|utan|mangler|manglar|skaff\w*|avtale\s+med|tilknytt\w*|have|has|had|without)\b[^.?!]*\b{_BHT_WORD}(?!\s+(?:i|på|med|in|at)\b)",
    re.IGNORECASE,
)
# "vi vil be om å slippe": that they must is known.
_ASKS_FOR_EXEMPTION = re.compile(
    r"\b(?:be|spørre|søke|søkje|ask|apply)\s+(?:om|for)\b[^.?!]*\b(?:slipp\w*|fritak|unntak|dispensasjon)",
    re.IGNORECASE,
)
_OPEN_DUTY = re.compile(
    r"^\W*(?:når|hvem|hvilke\s+\w+|kven|kva\s+(?:for\s+)?\w+|who|when|which\s+\w+)\s+(?:må|skal|lyt|har|er|kreves|trenger|treng|må\s+man|does|must|is|needs?)\b",
    re.IGNORECASE,
)
_ASKS_OTHERWISE = re.compile(
    r"^\W*(?:hva|kva|hvem|kven|hvordan|korleis|hvorfor|kvifor|hvor|kor|når|hvilke\w*|what|who|how|why|when|where|which)\b",
    re.IGNORECASE,
)
# "er 923 609 016 godkjent BHT?" asks for something else.
_IS_APPROVED = re.compile(r"\bgodkjen\w*|\bapproved\b", re.IGNORECASE)


# "når vi driver bilpleie", "siden vi bare tegner hus": what follows describes the company.
_BECAUSE = re.compile(
    r"\b(?:når|hvis|dersom|siden|fordi|ettersom|viss|om|when|if|since|because)\s+(?=(?:vi|me|mi|jeg|eg|æ|we|i)\b)",
    re.IGNORECASE,
)
_WEAK = re.compile(
    rf"^\W*(?:(?:og|men|så|da|nå|hei|altså)\W+)*(?:{_DUTY_VERB}|(?:er|har|are|is|have)\s+(?:vi|me|mi|jeg|eg|det|dette|bht|we|i|it)|gjelder|stemmer|do|does|hva|kva|hvem|kven|hvordan|korleis|hvor|kor|(?:kan|kunne|vil|can|could)\s+(?:du|dere|de|you)|sjekk\w*|slå\s+opp|finn)\b",
    re.IGNORECASE,
)


def describe_company(text: str) -> str:
    """Return the parts of a duty question that say what the company does, "" when none does.

    Args:
        text: The question, "Vi vasker vinduer på kontorbygg, 5 ansatte. Må vi ha BHT?".
    """
    kept = []
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        parts = [part.strip(" .!?") for part in re.split(r",\s+|\s+-\s+|;\s*|:\s+", sentence)]
        for part in parts:
            if because := _BECAUSE.search(part):
                part = part[because.end() :]
            is_asked = (
                re.search(rf"\b{_BHT_WORD}", part, re.IGNORECASE) or _WEAK.match(part) or _ASKS_OTHERWISE.match(part)
            )
            if part and not is_asked and without_headcount(part):
                kept.append(without_headcount(part))
    return ", ".join(kept)


def is_duty_question(question: Understood) -> bool:
    """Return whether the question is whether the asker must have BHT, and nothing else."""
    if question.mentions:
        return False
    if not re.search(rf"\b{_BHT_WORD}", question.folded):
        # "frisørsalong med tre ansatte" alone can only be meant as the question of duty.
        alone = not left_over(question, question.text, _BHT) and len(question.text.split()) <= 12
        return bool(question.new_industries) and alone and not _ASKS_OTHERWISE.match(question.text)
    clauses = [c.strip() for c in re.split(r"[.!?;:]\s*|,\s+(?:og|men|så)?\s*|\s+-\s+", question.text) if c.strip()]
    if _ASKS_FOR_EXEMPTION.search(question.text):
        return False
    about = [c for c in clauses if re.search(rf"\b{_BHT_WORD}", c, re.IGNORECASE)]
    if any(_asks_duty(question, clause) for clause in about):
        return True
    having = bool(question.company.industries) or any(_HAVING.search(clause) for clause in about)
    return having and bool(_ANAPHORIC.match(clauses[-1]))


def _asks_duty(question: Understood, clause: str) -> bool:
    """Return whether one clause asks for the duty to have BHT."""
    if _ASKS_OTHERWISE.match(clause) or _OTHER_QUESTION.search(clause) or _BHT_DOES.search(clause):
        return False
    residue = left_over(question, clause, _BHT)
    known = bool(question.company.industries or question.company.owner_only or question.company.employees is not None)
    if _HAVE_BHT.search(clause):
        first_person = bool(
            re.search(
                r"\b(?:vi|me|jeg|eg|oss|we|i|us|dere|firma\w*|bedrift\w*|selskap\w*|konsern\w*)\b",
                clause,
                re.IGNORECASE,
            )
        )
        return first_person or known or len(residue) <= _MAX_RESIDUE
    if question.orgnr and not _IS_APPROVED.search(clause):
        return len(residue) <= 1
    return bool(question.new_industries) and len(residue) <= 1


def is_open_duty_question(question: Understood) -> bool:
    """Return whether the question is who must have BHT at all, or when: "hvem må ha BHT"."""
    named = re.search(_BHT_WORD, question.folded)
    return bool(_OPEN_DUTY.match(question.text) and named and len(left_over(question, question.text, _BHT)) <= 1)
