"""Fees, rest days, municipalities, zones and aliases are read as strictly as offices."""

from collections.abc import Callable

import pytest

from ventanilla.core.calendars import rest_days
from ventanilla.core.reading import (
    read_aliases,
    read_fees,
    read_municipalities,
    read_rest_days,
    read_zones,
)
from ventanilla.core.tables import BadTable

FEES = "year,validity_years,fee_mxn,discount50_mxn,emergency_mxn,source\n"
RULES = "rule_id,kind,month,day,weekday,nth,first_year,period_years,name_es,source\n"
TOWNS = (
    "state_code,state,municipality_code,municipality,latitude,longitude,"
    "cabecera_code,cabecera,population_2020,coord_basis\n"
)
ZONES = (
    "state_code,state,municipality_code,municipality,iana_zone,utc_offset_winter,utc_offset_summer,dst,kind\n"
)


@pytest.mark.parametrize(
    ("read", "text", "line", "column"),
    [
        (read_fees, FEES + "2026,3,1795,900,,\n2026,3,1795,900,,\n", 3, "validity_years"),
        (read_fees, FEES + "2026,3,free,,,\n", 2, "fee_mxn"),
        (read_fees, FEES + "2026,3,,,,\n", 2, "fee_mxn"),
        (read_fees, FEES + "2026,3,900,1795,,\n", 2, "discount50_mxn"),
        (read_fees, FEES + "26,3,1795,900,,\n", 2, "year"),
        (read_rest_days, RULES + "x,fixed,2,,,,,,Name,\n", 2, "day"),
        (read_rest_days, RULES + "x,fixed,2,29,,,,,Name,\n", 2, "day"),
        (read_rest_days, RULES + "x,fixed,4,31,,,,,Name,\n", 2, "day"),
        (read_rest_days, RULES + "x,fixed,13,1,,,,,Name,\n", 2, "month"),
        (read_rest_days, RULES + "x,fixed_periodic,10,1,,,2024,,Name,\n", 2, "period_years"),
        (read_rest_days, RULES + "x,nth_weekday,2,,lun,1,,,Name,\n", 2, "weekday"),
        (read_rest_days, RULES + "x,nth_weekday,2,,mon,5,,,Name,\n", 2, "nth"),
        (read_rest_days, RULES + "x,monthly,2,1,,,,,Name,\n", 2, "kind"),
        (read_rest_days, RULES + "x,fixed,2,1,,,,,Name,\nx,fixed,2,3,,,,,Name,\n", 3, "rule_id"),
        (read_rest_days, RULES + "x,fixed,2,1,,,,,,\n", 2, "name_es"),
        (read_municipalities, TOWNS + "14,Jalisco,039,Guadalajara,,-103.3,,,1,\n", 2, "latitude"),
        (read_municipalities, TOWNS + "14,Jalisco,039,,20.6,-103.3,,,1,\n", 2, "municipality"),
        (read_municipalities, TOWNS + "14,Jalisco,039,G,20.6,-103.3,,,many,\n", 2, "population_2020"),
        (read_municipalities, TOWNS + "14,J,039,G,20,-103,,,1,\n" * 2, 3, "municipality_code"),
        (read_zones, ZONES + "14,Jalisco,,,America/Jalisco,,,,\n", 2, "iana_zone"),
        (read_zones, ZONES + "14,Jalisco,,,../../etc,,,,\n", 2, "iana_zone"),
        (read_zones, ZONES + "14,Jalisco,,,America/Cancun,,,,\n" * 2, 3, "municipality_code"),
        (read_aliases, "alias,state_code,municipality_code\n,14,\n", 2, "alias"),
        (read_aliases, "alias,state_code,municipality_code\ngdl,,\n", 2, "state_code"),
    ],
)
def test_a_fault_is_named_by_line_and_column(
    read: Callable[[str], object], text: str, line: int, column: str
) -> None:
    with pytest.raises(BadTable) as caught:
        read(text)
    assert (line, column) in {(f.line, f.column) for f in caught.value.faults}


def test_a_rule_that_is_read_can_be_computed_for_any_year() -> None:
    rules = read_rest_days(RULES + "x,fixed,2,28,,,,,Name,\ny,nth_weekday,2,,sun,4,,,Other,\n")
    assert all(len(rest_days(rules, year)) in (1, 2) for year in range(2000, 2101))
