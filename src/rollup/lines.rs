use super::{Count, Place, Published};

/// The tables as CSV (RFC 4180, with a byte order mark so that a spreadsheet reads it as UTF-8): one line for each count.
///
/// A count that is not shown is empty, and its line says so.
#[must_use]
pub fn to_csv(published: &Published) -> String {
    let mut out = String::from("\u{feff}");
    line(
        &mut out,
        &[
            "period",
            "questionnaire",
            "measure",
            "place",
            "county",
            "station",
            "category",
            "people",
            "count",
            "suppressed",
        ],
    );
    for set in &published.sets {
        for table in &set.tables {
            for row in &table.rows {
                let (place, county, station) = match &row.place {
                    Place::All => ("all", None, None),
                    Place::County { county } => ("county", Some(county), None),
                    Place::Station { county, station } => ("station", Some(county), Some(station)),
                };
                let name = |name: Option<&Option<String>>| match name {
                    Some(Some(name)) => name.clone(),
                    Some(None) => "(others)".to_owned(),
                    None => String::new(),
                };
                for (category, count) in table.categories.iter().zip(&row.counts) {
                    line(
                        &mut out,
                        &[
                            &published.period,
                            &set.questionnaire,
                            &table.measure,
                            place,
                            &name(county),
                            &name(station),
                            category,
                            &row.people.to_string(),
                            &shown(*count),
                            if count.is_none() { "yes" } else { "no" },
                        ],
                    );
                }
            }
        }
    }
    out
}

fn shown(count: Count) -> String {
    count.map_or(String::new(), |count| count.to_string())
}

fn line(out: &mut String, fields: &[&str]) {
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        // The name of a station comes from outside: in front of what a spreadsheet would compute goes an apostrophe.
        let computes = field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
        let guarded = if computes { format!("'{field}") } else { (*field).to_owned() };
        if guarded.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&guarded.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&guarded);
        }
    }
    out.push_str("\r\n");
}
