//! Where the bars of a chart stand; the template draws them as SVG. Colours come from the stylesheet by class, so that
//! light, dark and print each have their own. Beside each chart stands a table with the same numbers.

use serde::Serialize;

use super::sum::Months;
use crate::i18n::{self, Lang};

const HEIGHT: i64 = 160;
const WIDE: i64 = 640;
const LEFT: i64 = 64;
const TOP: i64 = 8;
const FLOOR: i64 = TOP + HEIGHT;

/// A chart in the units of its own view box.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chart {
    wide: i64,
    tall: i64,
    from: i64,
    lines: Vec<Line>,
    bars: Vec<Bar>,
    months: Vec<Tick>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Line {
    y: i64,
    label_x: i64,
    label_y: i64,
    value: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Bar {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
    series: usize,
    says: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Tick {
    x: i64,
    y: i64,
    word: String,
}

/// Stacked bars by month. `names` are the words of the series, `short` and `long` those of the months.
#[must_use]
pub fn bars(lang: Lang, months: &Months, names: &[String], (short, long): (&[String], &[String])) -> Chart {
    let many = i64::try_from(months.months.len()).unwrap_or(1).max(1);
    let total = |at: usize| months.series.iter().map(|(_, numbers)| numbers[at]).sum::<i64>();
    let top = ceiling((0..months.months.len()).map(total).max().unwrap_or(0));
    let line = |part: i64| {
        let y = FLOOR - HEIGHT * part / 4;
        Line { y, label_x: LEFT - 6, label_y: y + 4, value: i18n::number(lang, top * part / 4) }
    };
    let step = (WIDE - LEFT) / many;
    let width = (step * 7 / 10).clamp(2, 48);
    let every = (months.months.len().div_ceil(12)).max(1);
    let mut chart = Chart {
        wide: WIDE,
        tall: FLOOR + 26,
        from: LEFT,
        lines: (0..=4).map(line).collect(),
        bars: Vec::new(),
        months: Vec::new(),
    };
    for at in 0..months.months.len() {
        let month = long.get(at).map_or("", String::as_str);
        let x = LEFT + i64::try_from(at).unwrap_or(0) * step + (step - width) / 2;
        let mut y = FLOOR;
        for (series, (_, numbers)) in months.series.iter().enumerate().filter(|(_, (_, numbers))| numbers[at] > 0) {
            // What is there is seen, however little it is.
            let height = (numbers[at] * HEIGHT / top).max(2);
            y -= height;
            let name = names.get(series).map_or("", String::as_str);
            let says = format!("{month}: {name} {}", i18n::number(lang, numbers[at]));
            chart.bars.push(Bar { x, y, width, height, series: series + 1, says });
        }
        if at % every == 0 {
            let word = short.get(at).cloned().unwrap_or_default();
            chart.months.push(Tick { x: x + width / 2, y: FLOOR + 18, word });
        }
    }
    chart
}

/// A round number that nothing is above, four steps of which are whole where that can be.
fn ceiling(most: i64) -> i64 {
    let mut unit = 1;
    loop {
        for step in [4, 8, 12, 20] {
            if most <= step * unit {
                return step * unit;
            }
        }
        unit *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_each_other_on_the_floor() {
        let series = vec![("low", vec![1, 0]), ("critical", vec![3, 2])];
        let months = Months { months: vec!["2026-09".into(), "2026-10".into()], series };
        let chart = bars(
            Lang::Nb,
            &months,
            &["lav".into(), "kritisk".into()],
            (&["sep".into(), "okt".into()], &["september 2026".into()]),
        );
        let stands: Vec<(i64, i64)> = chart.bars.iter().map(|bar| (bar.y, bar.height)).collect();
        assert_eq!(stands, [(128, 40), (8, 120), (88, 80)], "what is nought has no bar");
        assert_eq!(chart.bars[1].says, "september 2026: kritisk 3");
    }

    #[test]
    fn nothing_is_above_the_top_and_large_numbers_do_not_overflow() {
        for most in [0, 1, 4, 5, 12, 13, 20, 21, 999, 1_000_000, 4_000_000_000] {
            assert!(ceiling(most) >= most.max(1) && ceiling(most) % 4 == 0, "{most}");
        }
    }
}
