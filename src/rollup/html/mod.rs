//! The tables as one page that needs nothing else: no script, no font, no picture from elsewhere. It prints.

mod items;
mod plot;

use std::fmt::Write as _;

use super::measure::is_for_all_only;
use super::{Count, Language, Names, Place, Published, Row, Set, Table};

const STYLE: &str = include_str!("page.css");

/// One page with plots for all people, and the tables by county and station under them.
#[must_use]
pub fn to_html(published: &Published, language: Language, names: &Names) -> String {
    let mut page = Page { out: String::new(), language, names };
    page.document(published);
    page.out
}

struct Page<'n> {
    out: String,
    language: Language,
    names: &'n Names,
}

/// Text as it may stand in the page.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Page<'_> {
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
        self.plots(set);
        self.declined(set);
        let heading = self.say("By county and station", "按区县和站点");
        self.put(&format!("<h3>{heading}</h3>\n"));
        for table in set.tables.iter().filter(|table| !is_for_all_only(&table.measure)) {
            self.table(set, table);
        }
        self.items(set);
        self.put("</section>\n");
    }

    /// What a measure is called.
    fn heading(&self, set: &Set, measure: &str) -> String {
        let named = self.names.of(&set.questionnaire, measure);
        escaped(&named.unwrap_or_else(|| self.language.measure(measure)))
    }

    fn table(&mut self, set: &Set, table: &Table) {
        let heading = self.heading(set, &table.measure);
        let _ = writeln!(self.out, "<details><summary>{heading}</summary>");
        if table.withheld {
            let nothing = self
                .say("Not shown: too few people differ from the others.", "不公布：与他人不同的人数太少。");
            self.put(&format!("<p>{nothing}</p>\n</details>\n"));
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
        self.put("</tbody>\n</table>\n</details>\n");
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
