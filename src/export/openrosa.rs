//! An OpenRosa submission: what ODK Collect would send if the interview had been held there.
//!
//! The instance has the shape of an XForm with a group for each section and a node for each question, as pyxform makes
//! it of the same names; what only this project has (absences, scores, levels, needs) stands in a group `intake`.

use serde_json::{Map, Value};

use super::document::{Document, Made};
use super::fhir::uuid;
use super::loss::{Loss, Why};
use super::{Leaving, Options, mapped};
use crate::plan::{AnswerKind, Plan, QuestionId, TextShape};
use crate::session::Finding;

/// What the mapping may hold: the id and version of the form on the server.
const MAPPING: [&str; 2] = ["form_id", "version"];

/// The submission.
///
/// # Errors
/// What is wrong with the mapping.
pub(super) fn document(leaving: &Leaving, options: Options<'_>) -> Result<Made, Vec<Finding>> {
    let mapping = mapped::texts(options.mapping, "openrosa", &MAPPING)?;
    let plan = &*leaving.plan;
    let said = |name: &str, default: &str| mapping.get(name).map_or(default, String::as_str).to_owned();
    let mut writer = Writer { leaving, xml: String::new(), losses: Vec::new() };
    writer.xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<data id=\"");
    writer.text(&said("form_id", &plan.id), "");
    writer.xml.push_str("\" version=\"");
    writer.text(&said("version", &plan.version), "");
    writer.xml.push_str("\">");
    for id in plan.section_ids() {
        let section = plan.section(id);
        writer.open(&section.id);
        for question in &section.questions {
            writer.question(*question, &leaving.profile.answers, "");
        }
        writer.close(&section.id);
    }
    writer.of_this_project();
    writer.open("meta");
    writer.leaf("instanceID", &instance(&leaving.name()), "");
    if let Some(earlier) = &leaving.profile.supersedes {
        // The server puts this one in the place of that.
        writer.leaf("deprecatedID", &instance(earlier), "");
    }
    writer.close("meta");
    writer.xml.push_str("</data>\n");
    writer.note_losses();
    let Writer { xml, losses, .. } = writer;
    let document = Document {
        name: leaving.name(),
        extension: "xml",
        media_type: "text/xml; charset=utf-8",
        bytes: xml.into_bytes(),
    };
    let mut made = Made::new(document);
    made.losses = losses;
    Ok(made)
}

fn instance(profile: &str) -> String {
    format!("uuid:{}", uuid(&format!("openrosa\n{profile}")))
}

struct Writer<'a> {
    leaving: &'a Leaving,
    xml: String,
    losses: Vec<Loss>,
}

impl Writer<'_> {
    fn plan(&self) -> &Plan {
        &self.leaving.plan
    }

    fn open(&mut self, name: &str) {
        self.xml.push('<');
        self.xml.push_str(name);
        self.xml.push('>');
    }

    fn close(&mut self, name: &str) {
        self.xml.push_str("</");
        self.xml.push_str(name);
        self.xml.push('>');
    }

    fn leaf(&mut self, name: &str, text: &str, pointer: &str) {
        if text.is_empty() {
            self.xml.push('<');
            self.xml.push_str(name);
            self.xml.push_str("/>");
            return;
        }
        self.open(name);
        self.text(text, pointer);
        self.close(name);
    }

    /// A text as XML has it. Characters that XML cannot say are left out, and that is told.
    fn text(&mut self, text: &str, pointer: &str) {
        let mut lost = false;
        for letter in text.chars() {
            match letter {
                '&' => self.xml.push_str("&amp;"),
                '<' => self.xml.push_str("&lt;"),
                '>' => self.xml.push_str("&gt;"),
                '"' => self.xml.push_str("&quot;"),
                // A reader would make a line break of it.
                '\r' => self.xml.push_str("&#13;"),
                '\t' | '\n' => self.xml.push(letter),
                '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => lost = true,
                letter => self.xml.push(letter),
            }
        }
        if lost && !pointer.is_empty() {
            self.losses.push(
                Loss::new(format!("/answers{pointer}"), Why::Changed).note("control characters are left out"),
            );
        }
    }

    fn question(&mut self, id: QuestionId, answers: &Map<String, Value>, at: &str) {
        let question = self.leaving.plan.question(id).clone();
        if matches!(question.kind, AnswerKind::Note) {
            return;
        }
        let pointer = format!("{at}/{}", question.name);
        let value = answers.get(&*question.name);
        let Some(repeat) = question.repeat() else {
            let text = value.map(|value| self.value(&question.kind, value, &pointer)).unwrap_or_default();
            self.leaf(&question.name, &text, &pointer);
            return;
        };
        for (index, row) in value.and_then(Value::as_array).into_iter().flatten().enumerate() {
            let Value::Object(row) = row else { continue };
            self.open(&question.name);
            for column in &repeat.columns {
                self.question(*column, row, &format!("{pointer}/{index}"));
            }
            self.close(&question.name);
        }
    }

    fn value(&mut self, kind: &AnswerKind, value: &Value, pointer: &str) -> String {
        match (kind, value) {
            (_, Value::Bool(answer)) => answer.to_string(),
            (_, Value::Number(number)) => crate::json::canonical::number_text(number),
            (_, Value::Array(codes)) => codes.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
            (AnswerKind::Time, Value::String(time)) => format!("{time}:00.000"),
            (AnswerKind::Text(TextShape::Location), Value::String(place)) => geopoint(place),
            (AnswerKind::Text(TextShape::Attachment), Value::String(print)) => {
                self.losses.push(
                    Loss::new(format!("/answers{pointer}"), Why::Changed).note("the file is not attached"),
                );
                print.replace(':', "-")
            }
            (_, Value::String(text)) => text.clone(),
            (_, Value::Null | Value::Object(_)) => String::new(),
        }
    }

    /// What no XForm has by itself.
    fn of_this_project(&mut self) {
        let profile = &self.leaving.profile;
        let absent: Vec<String> =
            profile.absent.iter().map(|(pointer, absence)| format!("{pointer}={}", absence.0)).collect();
        let needs: Vec<String> =
            profile.needs.iter().map(|need| format!("{}={}", need.id, need.level)).collect();
        let fields = [
            ("profile_id", profile.profile_id.clone().unwrap_or_default()),
            ("content_hash", profile.questionnaire.content_hash.clone()),
            ("assessed_on", profile.assessed_on.clone()),
            ("person_ref", profile.subject.person_ref.clone().unwrap_or_default()),
            ("withheld", self.leaving.withheld.to_string()),
            ("absent", absent.join(" ")),
            ("needs", needs.join(" ")),
        ];
        self.open("intake");
        for (name, text) in fields {
            self.leaf(name, &text, "");
        }
        for id in self.leaving.plan.score_ids() {
            let name = self.plan().score(id).id.to_string();
            let value = self.leaving.profile.scores.get(&name).and_then(|score| score.value.as_ref());
            let text = value.map(ToString::to_string).unwrap_or_default();
            self.leaf(&format!("score_{name}"), &text, "");
        }
        let levels: Vec<(String, String)> = profile
            .domain_levels
            .iter()
            .map(|(domain, level)| {
                (format!("level_{}", domain.0), level.map(|level| level.to_string()).unwrap_or_default())
            })
            .collect();
        for (name, text) in levels {
            self.leaf(&name, &text, "");
        }
        self.close("intake");
    }

    fn note_losses(&mut self) {
        const CARRIED: [&str; 10] = [
            "absent",
            "answers",
            "assessed_on",
            "domain_levels",
            "profile_id",
            "profile_version",
            "supersedes",
            "answers_hash",
            "identity_detached",
            "redacted",
        ];
        let value = self.leaving.profile.to_value();
        for (name, part) in value.as_object().into_iter().flatten() {
            let empty =
                part.as_array().is_some_and(Vec::is_empty) || part.as_object().is_some_and(Map::is_empty);
            if CARRIED.contains(&name.as_str()) || part.is_null() || empty {
                continue;
            }
            match name.as_str() {
                "scores" => {
                    let scores = self.leaving.profile.scores.keys();
                    let detail = |name: &String| {
                        Loss::new(format!("/scores/{name}"), Why::Changed).note("the value alone is carried")
                    };
                    self.losses.extend(scores.map(detail));
                }
                "needs" => {
                    let detail = |index: usize| {
                        Loss::new(format!("/needs/{index}"), Why::Changed)
                            .note("the id and the level alone are carried")
                    };
                    self.losses.extend((0..self.leaving.profile.needs.len()).map(detail));
                }
                name => self.losses.push(Loss::format(format!("/{name}"))),
            }
        }
    }
}

/// `geo:26.6,106.7;u=12` as a geopoint: latitude, longitude, altitude, accuracy.
fn geopoint(place: &str) -> String {
    let place = place.strip_prefix("geo:").unwrap_or(place);
    let (place, accuracy) = place.split_once(";u=").unwrap_or((place, "0"));
    format!("{} 0 {accuracy}", place.replacen(',', " ", 1))
}
