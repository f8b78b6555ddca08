//! The first sheet of an XLSX workbook, row by row.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

/// Hands over every row of the first sheet with its number from 1, until `then` answers false.
///
/// # Errors
/// When it is no workbook.
pub fn each_row(bytes: Vec<u8>, mut then: impl FnMut(u64, Vec<String>) -> bool) -> Result<(), String> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|why| why.to_string())?;
    let name = book.sheet_names().first().cloned().ok_or("it has no sheet")?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|why| why.to_string())?;
    let (mut number, mut row): (u32, Vec<String>) = (0, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(|why| why.to_string())? {
        let (at, column) = cell.get_position();
        if at != number {
            if !row.is_empty() && !then(u64::from(number) + 1, std::mem::take(&mut row)) {
                return Ok(());
            }
            row.clear();
            number = at;
        }
        let column = column as usize;
        if column > 200 {
            continue;
        }
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column] = text(cell.get_value());
    }
    if !row.is_empty() {
        then(u64::from(number) + 1, row);
    }
    Ok(())
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        // Telephone numbers come as numbers.
        DataRef::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        DataRef::DateTime(at) => day(at.as_f64()),
        DataRef::Bool(yes) => if *yes { "ja" } else { "nei" }.to_owned(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        _ => String::new(),
    }
}

/// A day of the sheet's calendar, which counts from the end of 1899.
fn day(number: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a day's number")]
    let days = chrono::TimeDelta::days(number.floor().clamp(0.0, 3_000_000.0) as i64);
    let first = chrono::NaiveDate::from_ymd_opt(1899, 12, 30);
    first.and_then(|first| first.checked_add_signed(days)).map_or_else(String::new, |day| day.to_string())
}
