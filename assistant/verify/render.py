"""What was found of the claims of a text, for a terminal."""

from assistant import texts
from assistant.verify.text import Finding, VerifiedText

FINDINGS = {
    Finding.SUPPORTED: texts.CLAIM_SUPPORTED,
    Finding.CONTRADICTED: texts.CLAIM_CONTRADICTED,
    Finding.NOT_FOUND: texts.CLAIM_NOT_FOUND,
}


def render_table(verified: VerifiedText) -> str:
    """Return the claims with their findings, each with the provision that decides, and a line that counts them."""
    if not verified.claims:
        return texts.NO_CLAIMS
    lines = []
    for claim in verified.claims:
        lines.append(f"{FINDINGS[claim.finding]}: {' '.join(claim.text.split())}")
        lines += [f"    {claim.reason}"] if claim.reason else []
        lines += [f"    {c.label}: «{' '.join(c.quote.split())}»\n    {c.url}" for c in claim.citations]
        lines.append("")
    return "\n".join([*lines, summary(verified), texts.CLAIMS_RESERVATION])


def summary(verified: VerifiedText) -> str:
    """Return how many claims have each finding, in words."""
    counts = (f"{verified.count(finding)} {name.lower()}" for finding, name in FINDINGS.items())
    return f"{', '.join(counts)}."
