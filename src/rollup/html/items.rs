use std::fmt::Write as _;

use super::{Page, escaped, shown};
use crate::rollup::measure::is_for_all_only;
use crate::rollup::{Set, Table};

impl Page<'_> {
    /// What became of each question: one line each, for all people.
    pub(super) fn items(&mut self, set: &Set) {
        let tables: Vec<&Table> = set.tables.iter().filter(|table| is_for_all_only(&table.measure)).collect();
        let Some(first) = tables.first() else { return };
        let heading = self.say("Every question: answered, declined", "每个问题：回答与拒答");
        let question = self.say("Question", "问题");
        let _ = write!(
            self.out,
            "<details><summary>{heading}</summary>\n<table>\n<caption>{heading}</caption>\n<thead><tr>\
             <th scope=\"col\">{question}</th>"
        );
        for category in &first.categories {
            let name = escaped(&self.language.category(&first.measure, category));
            let _ = write!(self.out, "<th scope=\"col\">{name}</th>");
        }
        self.put("</tr></thead>\n<tbody>\n");
        for table in tables {
            let name = self.heading(set, &table.measure);
            let _ = write!(self.out, "<tr><th scope=\"row\">{name}</th>");
            for count in table.rows.first().map_or(&[][..], |row| &row.counts) {
                let _ = write!(self.out, "<td>{}</td>", shown(*count));
            }
            self.put("</tr>\n");
        }
        self.put("</tbody>\n</table>\n</details>\n");
    }
}
