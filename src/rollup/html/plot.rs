//! Bars of all people, in parts by category.

use std::fmt::Write as _;

use super::{Page, escaped};
use crate::rollup::{Set, Table};

/// Widths of a bar with its label, and its height.
const BAR: f64 = 520.0;
const BAR_HEIGHT: f64 = 22.0;
const LABEL: f64 = 240.0;
const WIDTH: f64 = LABEL + BAR + 10.0;

/// How many questions are drawn: those that are declined most.
const MOST_ITEMS: usize = 15;

/// The colour of a category: a number of `page.css`, from what is well to what is urgent, and the greys.
fn class(measure: &str, category: &str, index: usize) -> usize {
    match (measure.split('.').next().unwrap_or_default(), category) {
        ("alert_acted", "in_time") | ("review", "done") | ("service", "received") => 0,
        ("alert_acted", "open") | ("review", "not_due") | ("service", "agreed") => 1,
        ("alert_acted", "late") | ("service", "asked") => 2,
        ("alert_acted" | "review", "overdue") => 3,
        ("alert_acted" | "review" | "service", "none") => 4,
        ("alert_acted", "time_unknown") | ("service", "suggested") => 5,
        _ => index,
    }
}

impl Page<'_> {
    pub(super) fn plots(&mut self, set: &Set) {
        let of = |kind: &str| -> Vec<&Table> {
            let found = set.tables.iter().filter(|table| table.measure.split('.').next() == Some(kind));
            found.filter(|table| !table.withheld).collect()
        };
        let domains = self.say("Levels by domain, all people", "各领域需要等级（全部）");
        self.figure(set, &of("domain"), domains);
        let services = self.say("Services: how far each has come", "各项服务：进展到哪一步");
        self.figure(set, &of("service"), services);
        let acted = self.say(
            "Alerts: the worst of each person, at the end of the period",
            "警示：每人最差的一项（截至期末）",
        );
        self.figure(set, &of("alert_acted"), acted);
        let review = self.say("The next assessment, at the end of the period", "下一次评估（截至期末）");
        self.figure(set, &of("review"), review);
    }

    /// Bars one below the other, with what their colours mean.
    fn figure(&mut self, set: &Set, tables: &[&Table], label: &str) {
        let Some(first) = tables.first() else { return };
        let height = BAR_HEIGHT * (tables.len() as f64 + 2.0);
        self.begin(height, label);
        for (index, table) in tables.iter().enumerate() {
            self.bar(set, table, index as f64 * BAR_HEIGHT);
        }
        self.legend(first, height - BAR_HEIGHT * 1.5);
        self.end(label);
    }

    fn begin(&mut self, height: f64, label: &str) {
        let _ = write!(
            self.out,
            "<figure>\n<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{0}\">\n\
             <defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
             <path d=\"M0 6L6 0\" class=\"hatch\"/></pattern></defs>\n",
            escaped(label)
        );
    }

    fn end(&mut self, label: &str) {
        let _ = writeln!(self.out, "</svg>\n<figcaption>{}</figcaption>\n</figure>", escaped(label));
    }

    fn bar(&mut self, set: &Set, table: &Table, top: f64) {
        let Some(row) = table.rows.first().filter(|row| row.people > 0) else { return };
        let heading = self.heading(set, &table.measure);
        self.label(&heading, top);
        let mut left = LABEL;
        let unit = BAR / row.people as f64;
        for ((index, category), count) in table.categories.iter().enumerate().zip(&row.counts) {
            let Some(count) = count.filter(|count| *count > 0) else { continue };
            let wide = count as f64 * unit;
            let name = self.language.category(&table.measure, category);
            let class = class(&table.measure, category, index);
            self.part(&format!("class=\"c{class}\""), left, wide, top, &format!("{name}: {count}"));
            left += wide;
        }
        // What is not shown has no parts: how many people it is together, the others say anyhow.
        let rest = LABEL + BAR - left;
        if rest > 0.05 {
            let hidden = self.say("not shown", "不公布");
            self.part("fill=\"url(#hatch)\"", left, rest, top, hidden);
        }
    }

    fn label(&mut self, heading: &str, top: f64) {
        let middle = top + BAR_HEIGHT * 0.7;
        let short = shortened(heading);
        let _ = writeln!(self.out, "<text x=\"0\" y=\"{middle:.1}\">{short}<title>{heading}</title></text>");
    }

    fn part(&mut self, look: &str, left: f64, wide: f64, top: f64, title: &str) {
        let _ = writeln!(
            self.out,
            "<rect {look} x=\"{left:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"{:.1}\"><title>{}</title></rect>",
            top + 2.0,
            BAR_HEIGHT - 4.0,
            escaped(title)
        );
    }

    fn legend(&mut self, table: &Table, top: f64) {
        let step = (LABEL + BAR) / (table.categories.len() as f64 + 1.0);
        let looks = table.categories.iter().enumerate().map(|(index, category)| {
            let class = class(&table.measure, category, index);
            (format!("class=\"c{class}\""), self.language.category(&table.measure, category))
        });
        let mut entries: Vec<(String, String)> = looks.collect();
        entries.push(("fill=\"url(#hatch)\"".to_owned(), self.say("not shown", "不公布").to_owned()));
        for (index, (look, name)) in entries.iter().enumerate() {
            let left = index as f64 * step;
            let _ = writeln!(
                self.out,
                "<rect {look} x=\"{left:.1}\" y=\"{top:.1}\" width=\"14\" height=\"14\"/><text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                left + 18.0,
                top + 12.0,
                escaped(name)
            );
        }
    }

    /// The questions that most people declined of those to whom they were put. Only of questions of which that can be
    /// told: all three numbers are shown.
    pub(super) fn declined(&mut self, set: &Set) {
        let mut shares: Vec<(u64, u64, &Table)> = set
            .tables
            .iter()
            .filter(|table| table.measure.starts_with("item."))
            .filter_map(|table| match table.rows.first()?.counts.as_slice() {
                [Some(answered), Some(declined), Some(other), ..] if *declined > 0 => {
                    Some((*declined, answered + declined + other, table))
                }
                _ => None,
            })
            .collect();
        // a/b before c/d if a·d > c·b: the numbers are of people, and no products of theirs are too large.
        shares.sort_by(|(a, b, _), (c, d, _)| (c * b).cmp(&(a * d)));
        shares.truncate(MOST_ITEMS);
        if shares.is_empty() {
            return;
        }
        let label = self.say(
            "Questions most often declined, of those who were asked",
            "拒答最多的问题（占被询问者的比例）",
        );
        self.begin(BAR_HEIGHT * (shares.len() as f64 + 0.5), label);
        let widest = shares.first().map_or(1.0, |(declined, asked, _)| *declined as f64 / *asked as f64);
        for (index, (declined, asked, table)) in shares.into_iter().enumerate() {
            let top = index as f64 * BAR_HEIGHT;
            let heading = self.heading(set, &table.measure);
            self.label(&heading, top);
            let share = declined as f64 / asked as f64;
            let said = format!("{:.1} % ({declined}/{asked})", share * 100.0);
            // Room for the numbers beside the longest bar.
            let wide = share / widest * (BAR - 140.0);
            self.part("class=\"c5\"", LABEL, wide, top, &said);
            let _ = writeln!(
                self.out,
                "<text x=\"{:.1}\" y=\"{:.1}\">{said}</text>",
                LABEL + wide + 6.0,
                top + BAR_HEIGHT * 0.7
            );
        }
        self.end(label);
    }
}

/// A label that fits beside the bars. Han characters are twice as wide.
fn shortened(text: &str) -> String {
    const ROOM: usize = 40;
    let wide = |character: char| if character as u32 >= 0x2e80 { 2 } else { 1 };
    if text.chars().map(wide).sum::<usize>() <= ROOM {
        return text.to_owned();
    }
    let mut room = ROOM - 1;
    let fits = |character: &char| {
        let fits = room >= wide(*character);
        room = room.saturating_sub(wide(*character));
        fits
    };
    text.chars().take_while(fits).chain(['…']).collect()
}
