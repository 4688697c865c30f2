"""The indicators that people steer on: what each stands for, how it is written and which way is better."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["share", "mark", "rate", "points", "money"]
Direction = Literal["higher", "lower", "neutral"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One column of the weekly table as people read it.

    kind: share (0 to 1, written in per cent), mark (0 to 1, written so), rate (share a year), points (-100 to 100)
    or money (euro). decimals: as written, for a share those of the percentage.
    direction: which way is better; neutral where that depends.
    english, dutch: the name inside a sentence; english_unit, dutch_unit: what one value stands for.
    """

    name: str
    kind: Kind
    decimals: int
    direction: Direction
    english: str
    dutch: str
    english_unit: str
    dutch_unit: str

    def label(self, language: str) -> str:
        """The name inside a sentence."""
        return self.dutch if language == "nl" else self.english

    def title(self, language: str) -> str:
        """The name at the head of a row or a figure."""
        label = self.label(language)
        return label[0].upper() + label[1:]

    def unit(self, language: str) -> str:
        """What one value stands for."""
        return self.dutch_unit if language == "nl" else self.english_unit


_MARK = ("0 to 1", "0 tot 1")
_ENCOUNTERS = ("of encounters", "van de contacten")
_YEAR = ("a year", "per jaar")

# fmt: off
_ALL = (
    Indicator(
        "leadership_style", "mark", 2, "neutral", "leadership style", "leiderschapsstijl",
        "0 directive, 1 facilitating", "0 sturend, 1 faciliterend",
    ),
    Indicator("adoption", "share", 0, "higher", "adoption", "adoptie", "of employees", "van de medewerkers"),
    Indicator("service_norm", "mark", 2, "higher", "service norm", "servicenorm", *_MARK),
    Indicator("alignment", "mark", 2, "higher", "alignment of blocks", "samenhang bouwstenen", *_MARK),
    Indicator("utilisation", "share", 0, "neutral", "utilisation", "bezetting", "of capacity", "van de capaciteit"),
    Indicator("engagement", "mark", 2, "higher", "engagement", "bevlogenheid", *_MARK),
    Indicator(
        "share_engaged", "share", 0, "higher", "engaged employees", "bevlogen medewerkers",
        "of employees", "van de medewerkers",
    ),
    Indicator("autonomy", "mark", 2, "higher", "autonomy", "autonomie", *_MARK),
    Indicator("competence", "mark", 2, "higher", "competence", "bekwaamheid", *_MARK),
    Indicator("exhaustion", "mark", 2, "lower", "exhaustion", "uitputting", *_MARK),
    Indicator("turnover", "rate", 0, "lower", "turnover", "verloop", *_YEAR),
    Indicator("performance", "mark", 2, "higher", "performance as felt", "ervaren prestatie", *_MARK),
    Indicator("failure_rate", "share", 1, "lower", "failures", "fouten", *_ENCOUNTERS),
    Indicator("recovery_quality", "mark", 2, "higher", "quality of recovery", "kwaliteit van herstel", *_MARK),
    Indicator("effort", "mark", 2, "lower", "customer effort", "moeite voor de klant", *_MARK),
    Indicator("delight_rate", "share", 1, "higher", "customer delight", "verrukte klanten", *_ENCOUNTERS),
    Indicator("satisfaction", "mark", 2, "higher", "satisfaction", "tevredenheid", *_MARK),
    Indicator("bond", "mark", 2, "higher", "emotional bond", "emotionele band", *_MARK),
    Indicator(
        "loyalty", "share", 0, "higher", "customer loyalty", "klantloyaliteit",
        "would stay another year", "zou nog een jaar blijven",
    ),
    Indicator("nps", "points", 0, "higher", "NPS", "NPS", "-100 to 100", "-100 tot 100"),
    Indicator("churn", "rate", 0, "lower", "churn", "vertrek van klanten", *_YEAR),
    Indicator("revenue", "money", 0, "higher", "revenue", "omzet", *_YEAR),
    Indicator("cost", "money", 0, "lower", "cost", "kosten", *_YEAR),
    Indicator("profit", "money", 0, "higher", "profit", "winst", *_YEAR),
    Indicator("market_share", "share", 1, "higher", "market share", "marktaandeel", "of the market", "van de markt"),
    Indicator(
        "customer_lifetime_value", "money", 0, "higher", "customer lifetime value", "klantwaarde",
        "per customer", "per klant",
    ),
    Indicator("trust", "mark", 2, "higher", "trust", "vertrouwen", *_MARK),
    Indicator(
        "commissioner_index", "mark", 2, "higher", "satisfied commissioners", "tevreden opdrachtgevers",
        *_MARK,
    ),
    Indicator("cost_per_case", "money", 2, "lower", "cost per case", "kosten per geval", "per case", "per geval"),
    Indicator("reputation", "mark", 2, "higher", "reputation", "reputatie", *_MARK),
)
# fmt: on

INDICATORS: Mapping[str, Indicator] = {indicator.name: indicator for indicator in _ALL}
"""By name of the weekly table's column."""
