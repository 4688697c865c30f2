"""Summary figures of the real samples, from their raw files, as TOML on standard output.

python benchmarks/real_samples.py mobi.csv bh1996.csv > results/surveys/real_samples.toml

The raw rows stay where they are: only what this prints is part of the project.
mobi.csv: European Customer Satisfaction Index, 250 customers of mobile phone providers, as distributed with packages
for PLS path modelling. bh1996.csv: Bliese & Halverson 1996, as distributed with the R package multilevel.
"""

import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow.csv import read_csv

from results.surveys.sample import Sample, summarised

ECSI = {
    "expectation": ("CUEX1", "CUEX2", "CUEX3"),
    "quality": ("PERQ1", "PERQ2", "PERQ3", "PERQ4", "PERQ5", "PERQ6", "PERQ7"),
    "value": ("PERV1", "PERV2"),
    "satisfaction": ("CUSA1", "CUSA2", "CUSA3"),
    "complaint": ("CUSCO",),
    "loyalty": ("CUSL1", "CUSL2", "CUSL3"),
    "image": ("IMAG1", "IMAG2", "IMAG3", "IMAG4", "IMAG5"),
}
BESIDE = {"intention": ("CUSL1", "CUSL3")}
"""Loyalty without the question about price, which runs on a scale of its own."""

MILITARY = {"leadership": ("LEAD",), "hours": ("HRS",), "cohesion": ("COHES",), "well_being": ("WBEING",)}

HEAD = """# Summary figures of real samples; made by benchmarks/real_samples.py from the raw files, which are no part of
# the project. A construct is a person's mean over its items. Sampling intervals are computed from these figures.

"""
ECSI_SOURCE = (
    "evidence: Tenenhaus, Esposito Vinzi, Chatelin & Lauro 2005, Computational Statistics & Data Analysis 48, 159-205: "
    "European Customer Satisfaction Index, 250 customers of mobile phone providers, items 1-10"
)
MILITARY_SOURCE = (
    "evidence: Bliese & Halverson 1996, Journal of Applied Social Psychology 26, 1171-1189: 7,382 soldiers in 99 "
    "companies; scale scores. A military sample: its structure counts, not its levels"
)


def main(ecsi: Path, military: Path) -> None:
    """Print the figures."""
    customers = read_csv(ecsi)
    customers = customers.append_column("unit", pa.array([0] * customers.num_rows))
    soldiers = read_csv(military).rename_columns({"GRP": "unit"})
    sys.stdout.write(HEAD)
    tell("ecsi", ECSI_SOURCE, ["mean", "sd", "correlation"], summarised("ecsi", customers, ECSI | BESIDE))
    tell("bliese_halverson", MILITARY_SOURCE, ["icc", "within", "between"], summarised("", soldiers, MILITARY))


def tell(name: str, source: str, compared: list[str], sample: Sample) -> None:
    """One sample as TOML, a line each construct, item and pair."""
    data = sample.as_data() | {"name": name}
    lines = [f"[{name}]", f'source = "{source}"', f"compared = {written(compared)}"]
    lines += [f"beside = {written([one for one in data['constructs'] if one in BESIDE])}"]
    lines += [f"{key} = {written(data[key])}" for key in ("name", "respondents", "units")]
    for table in ("constructs", "items"):
        lines += ["", f"[{name}.{table}]", *(f"{one} = {written(entry)}" for one, entry in data[table].items())]
    correlations = written(data["correlations"], ",\n    ")
    lines += ["", f"[{name}.together]", f"correlations = {correlations}"]
    sys.stdout.write("\n".join(lines) + "\n\n")


def written(value: Any, between: str = ", ") -> str:
    """Plain data as TOML on one line, but for what stands between the entries of a list."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {written(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        inside = between.join(map(written, value))
        return f"[\n    {inside},\n]" if "\n" in between else f"[{inside}]"
    return f'"{value}"' if isinstance(value, str) else repr(value)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
