//! The tables as one page that needs nothing else: no script, no font, no picture from elsewhere. It prints.

use std::fmt::Write as _;

use super::{Count, Language, Place, Published, Row, Set, Table};

const STYLE: &str = include_str!("page.css");

/// Widths of the bars.
const BAR: f64 = 520.0;
const BAR_HEIGHT: f64 = 22.0;
const LABEL: f64 = 220.0;

/// One page with a plot of each measure for all people, and the tables by county and station under it.
#[must_use]
pub fn to_html(published: &Published, language: Language) -> String {
    let mut page = Page { out: String::new(), language };
    page.document(published);
    page.out
}

struct Page {
    out: String,
    language: Language,
}

/// Text as it may stand in the page.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Page {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn say(&self, english: &'static str, chinese: &'static str) -> &'static str {
        self.language.of(english, chinese)
    }

    fn document(&mut self, published: &Published) {
        let title = format!("{} {}", self.say("Needs, counted:", "需求统计："), published.period);
        let tag = self.language.tag();
        let policy = "default-src 'none'; style-src 'unsafe-inline'";
        let _ = write!(
            self.out,
            "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{0}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{0}</h1>\n",
            escaped(&title)
        );
        self.explanation(published);
        if published.sets.is_empty() {
            let nothing = self.say("There are too few people to show anything.", "人数太少，无法公布。");
            self.put(&format!("<p>{nothing}</p>\n"));
        }
        for set in &published.sets {
            self.set(set);
        }
        self.put("</body>\n</html>\n");
    }

    fn explanation(&mut self, published: &Published) {
        let threshold = published.threshold;
        let text = match self.language {
            Language::English => format!(
                "People who agreed to anonymous statistics, each once. “·” stands for a count that is not shown: it is \
                 between 1 and {}, or it would give such a count away.",
                threshold - 1
            ),
            Language::Chinese => format!(
                "仅统计同意匿名统计的人，每人计一次。“·”表示不公布的数字：该数字在 1 至 {} 之间，或公布后会泄露这样的数字。",
                threshold - 1
            ),
        };
        self.put(&format!("<p>{text}</p>\n"));
    }

    fn set(&mut self, set: &Set) {
        let people = self.say("people", "人");
        let _ = write!(
            self.out,
            "<section>\n<h2>{}: {} {people}</h2>\n",
            escaped(&set.questionnaire),
            set.people
        );
        self.plot(set);
        for table in &set.tables {
            self.table(table);
        }
        self.put("</section>\n");
    }

    /// The domains of all people, as bars on top of each other in one picture.
    fn plot(&mut self, set: &Set) {
        let domains: Vec<&Table> = set
            .tables
            .iter()
            .filter(|table| table.measure.starts_with("domain.") && !table.withheld)
            .collect();
        if domains.is_empty() {
            return;
        }
        let height = BAR_HEIGHT * (domains.len() as f64 + 2.0);
        let width = LABEL + BAR + 10.0;
        let label = self.say("Levels by domain, all people", "各领域需要等级（全部）");
        let _ = write!(
            self.out,
            "<figure>\n<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{label}\">\n\
             <defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
             <path d=\"M0 6L6 0\" class=\"hatch\"/></pattern></defs>\n"
        );
        for (index, table) in domains.iter().enumerate() {
            self.bar(table, index as f64 * BAR_HEIGHT);
        }
        self.legend(domains.first().copied(), height - BAR_HEIGHT * 1.5);
        let _ = writeln!(self.out, "</svg>\n<figcaption>{label}</figcaption>\n</figure>");
    }

    fn bar(&mut self, table: &Table, top: f64) {
        let Some(row) = table.rows.first().filter(|row| row.people > 0) else { return };
        let middle = top + BAR_HEIGHT * 0.7;
        let _ = writeln!(
            self.out,
            "<text x=\"0\" y=\"{middle}\">{}</text>",
            escaped(&self.language.measure(&table.measure))
        );
        let mut left = LABEL;
        let unit = BAR / row.people as f64;
        for ((index, category), count) in table.categories.iter().enumerate().zip(&row.counts) {
            let Some(count) = count.filter(|count| *count > 0) else { continue };
            let wide = count as f64 * unit;
            let name = self.language.category(&table.measure, category);
            let _ = writeln!(
                self.out,
                "<rect class=\"c{index}\" x=\"{left:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"{:.1}\"><title>{}: \
                 {count}</title></rect>",
                top + 2.0,
                BAR_HEIGHT - 4.0,
                escaped(&name)
            );
            left += wide;
        }
        // What is not shown has no parts: how many people it is together, the others say anyhow.
        let rest = LABEL + BAR - left;
        if rest > 0.05 {
            let hidden = self.say("not shown", "不公布");
            let _ = writeln!(
                self.out,
                "<rect fill=\"url(#hatch)\" x=\"{left:.1}\" y=\"{:.1}\" width=\"{rest:.1}\" height=\"{:.1}\"><title>{hidden}\
                 </title></rect>",
                top + 2.0,
                BAR_HEIGHT - 4.0
            );
        }
    }

    fn legend(&mut self, table: Option<&Table>, top: f64) {
        let Some(table) = table else { return };
        let step = (LABEL + BAR) / (table.categories.len() as f64 + 1.0);
        let names = table.categories.iter().map(|category| self.language.category(&table.measure, category));
        let mut entries: Vec<(String, String)> =
            names.enumerate().map(|(index, name)| (format!("class=\"c{index}\""), name)).collect();
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

    fn table(&mut self, table: &Table) {
        let heading = escaped(&self.language.measure(&table.measure));
        let _ = writeln!(self.out, "<h3>{heading}</h3>");
        if table.withheld {
            let nothing = self
                .say("Not shown: too few people differ from the others.", "不公布：与他人不同的人数太少。");
            self.put(&format!("<p>{nothing}</p>\n"));
            return;
        }
        let place = self.say("Place", "地点");
        let people = self.say("People", "人数");
        let _ = write!(
            self.out,
            "<table>\n<caption>{heading}</caption>\n<thead><tr><th scope=\"col\">{place}</th><th scope=\"col\">{people}</th>"
        );
        for category in &table.categories {
            let name = escaped(&self.language.category(&table.measure, category));
            let _ = write!(self.out, "<th scope=\"col\">{name}</th>");
        }
        self.put("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.row(row);
        }
        self.put("</tbody>\n</table>\n");
    }

    fn row(&mut self, row: &Row) {
        let others = self.say("others", "其他");
        let name = |name: &Option<String>| name.as_deref().map_or(others.to_owned(), escaped);
        let (class, name) = match &row.place {
            Place::All => ("all", self.say("All", "全部").to_owned()),
            Place::County { county } => ("county", name(county)),
            Place::Station { station, .. } => ("station", name(station)),
        };
        let _ =
            write!(self.out, "<tr class=\"{class}\"><th scope=\"row\">{name}</th><td>{}</td>", row.people);
        for count in &row.counts {
            let _ = write!(self.out, "<td>{}</td>", shown(*count));
        }
        self.put("</tr>\n");
    }
}

fn shown(count: Count) -> String {
    count.map_or("·".to_owned(), |count| count.to_string())
}
