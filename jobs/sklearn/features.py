"""The features of a model: which columns, of what kind."""

import pandas as pd


def names(text: str) -> list[str]:
    """The items of a comma-separated list."""
    return [name.strip() for name in text.split(",") if name.strip()]


def typed(rows: pd.DataFrame, numeric: list[str], categorical: list[str]) -> pd.DataFrame:
    """The feature columns as numbers and texts; an empty field is NaN in a number, the empty text in a category."""
    missing = [name for name in numeric + categorical if name not in rows]
    if missing:
        raise SystemExit(f"the rows have no column {', '.join(missing)}")
    columns = {name: pd.to_numeric(rows[name]) for name in numeric}
    columns |= {name: rows[name].fillna("").astype(object) for name in categorical}
    return pd.DataFrame(columns, index=rows.index)
