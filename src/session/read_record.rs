use serde_json::{Map, Value};

use super::account::{Account, Accounts};
use super::record::{AlertAct, COPIED, EarlierAct, Override, QuestionnaireRef, Record, SetOver};
use crate::diagnostic::{Code, Diagnostic, SourceId, codes, did_you_mean};
use crate::json::{self, Item, View};
use crate::plan::AlertGrade;
use crate::value::{Absence, Informant, PartialDate};

/// Reads a record from its JSON text.
///
/// There is a record only if nothing is wrong with its shape; whether it fits a questionnaire is for
/// [`super::check_record`]. No message holds an answer.
#[must_use]
pub fn read_record(text: &str, source: SourceId) -> (Option<Record>, Vec<Diagnostic>) {
    let (document, diagnostics) = json::read(text, source);
    let mut reader = Reader { diagnostics };
    let record = match Item::root(&document) {
        Some(root) => reader.record(root),
        None => None,
    };
    let faulty = reader.diagnostics.iter().any(Diagnostic::is_error);
    (record.filter(|_| !faulty), json::discreet(reader.diagnostics))
}

const KEYS: [&str; 11] = [
    "$schema",
    "record_version",
    "profile_id",
    "questionnaire",
    "assessed_on",
    "language",
    "answers",
    "absent",
    "informants",
    "accounts",
    "overrides",
];

struct Reader {
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn fault(&mut self, code: Code, message: impl Into<String>, item: Item<'_>) {
        if self.diagnostics.len() < json::MAX_FAULTS {
            self.diagnostics.push(Diagnostic::error(code, message).at(item.place()));
        }
    }

    fn record(&mut self, root: Item<'_>) -> Option<Record> {
        if !root.is_object() {
            self.fault(codes::RECORD_SHAPE, "a record is a JSON object", root);
            return None;
        }
        for (name, item) in root.entries() {
            if self.diagnostics.len() >= json::MAX_FAULTS {
                break;
            }
            if !KEYS.contains(&name) && !COPIED.contains(&name) && name != "alerts" {
                let known = KEYS.iter().chain(&COPIED).copied().chain(["alerts"]);
                let meant = did_you_mean(name, known);
                let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
                let diagnostic =
                    Diagnostic::error(codes::RECORD_UNKNOWN_KEY, format!("a record has no such key{meant}"));
                self.diagnostics.push(diagnostic.at(item.key_place()));
            }
        }
        if let Some(version) = root.get("record_version")
            && version.whole() != Some(1)
        {
            self.fault(codes::RECORD_SHAPE, "this engine reads records of version 1", version);
        }
        let mut record = Record::new(self.assessed_on(root)?);
        record.profile_id = self.text(root, "profile_id");
        record.language = self.text(root, "language");
        record.questionnaire = self.questionnaire(root);
        if let Some(answers) = self.object(root, "answers") {
            self.digits(answers);
            record.answers = object_of(answers);
        }
        self.words(root, "absent", codes::RECORD_ABSENCE_CODE, "absence code", |pointer, code| {
            code.parse().map(|absence| record.absent.insert(pointer.to_owned(), absence)).is_ok()
        });
        self.words(root, "informants", codes::RECORD_SHAPE, "informant", |pointer, code| {
            code.parse().map(|informant| record.informants.insert(pointer.to_owned(), informant)).is_ok()
        });
        for (pointer, item) in self.object(root, "accounts").into_iter().flat_map(Item::entries) {
            let accounts = self.accounts(item);
            record.accounts.insert(pointer.to_owned(), accounts);
        }
        for item in self.list(root, "overrides") {
            record.overrides.extend(self.override_of(item));
        }
        for item in self.list(root, "alerts") {
            record.alerts.extend(self.alert_act(item));
        }
        for name in COPIED {
            if let Some(item) = root.get(name) {
                record.acts.insert(name.to_owned(), item.to_value());
            }
        }
        Some(record)
    }

    fn assessed_on(&mut self, root: Item<'_>) -> Option<PartialDate> {
        let Some(item) = root.get("assessed_on") else {
            self.fault(
                codes::RECORD_ASSESSED_ON,
                "a record needs `assessed_on`, the day of the assessment",
                root,
            );
            return None;
        };
        let date = item.text().and_then(|text| text.parse::<PartialDate>().ok());
        let date = date.filter(|date| date.day_number().is_some());
        if date.is_none() {
            self.fault(codes::RECORD_ASSESSED_ON, "`assessed_on` is a day that exists, `YYYY-MM-DD`", item);
        }
        date
    }

    /// A text that may be left out or be null.
    fn text(&mut self, holder: Item<'_>, name: &str) -> Option<String> {
        let item = holder.get(name).filter(|item| !matches!(item.view(), View::Null))?;
        if item.text().is_none() {
            self.fault(codes::RECORD_SHAPE, format!("`{name}` is a text"), item);
        }
        item.text().map(str::to_owned)
    }

    fn object<'a>(&mut self, holder: Item<'a>, name: &str) -> Option<Item<'a>> {
        let item = holder.get(name)?;
        if !item.is_object() {
            self.fault(codes::RECORD_SHAPE, format!("`{name}` is an object"), item);
            return None;
        }
        Some(item)
    }

    fn list<'a>(&mut self, holder: Item<'a>, name: &str) -> Vec<Item<'a>> {
        let Some(item) = holder.get(name) else { return Vec::new() };
        if !matches!(item.view(), View::Array) {
            self.fault(codes::RECORD_SHAPE, format!("`{name}` is a list"), item);
        }
        item.items().collect()
    }

    fn questionnaire(&mut self, root: Item<'_>) -> Option<QuestionnaireRef> {
        let item = self.object(root, "questionnaire")?;
        self.closed(item, "`questionnaire`", &["id", "version", "hash"]);
        let Some(id) = self.text(item, "id") else {
            self.fault(codes::RECORD_SHAPE, "`questionnaire` needs an `id`", item);
            return None;
        };
        Some(QuestionnaireRef { id, version: self.text(item, "version"), hash: self.text(item, "hash") })
    }

    fn words(
        &mut self,
        root: Item<'_>,
        name: &str,
        code: Code,
        what: &str,
        mut put: impl FnMut(&str, &str) -> bool,
    ) {
        let Some(object) = self.object(root, name) else { return };
        for (pointer, item) in object.entries() {
            if !item.text().is_some_and(|word| put(pointer, word)) {
                self.fault(code, format!("this is no {what}"), item);
            }
        }
    }

    /// What others said to a question.
    fn accounts(&mut self, item: Item<'_>) -> Accounts<Value> {
        let mut accounts = Accounts::new();
        if !item.is_object() {
            self.fault(codes::RECORD_SHAPE, "what others said is an object, by who said it", item);
        }
        for (who, said) in item.entries() {
            self.closed(said, "what somebody said", &["value", "absent"]);
            let informant = who.parse().ok().filter(|informant| *informant != Informant::Computed);
            let absence = said.text_of("absent").and_then(|code| code.parse::<Absence>().ok());
            let account = match (said.get("value"), absence) {
                (Some(value), None) if said.get("absent").is_none() => {
                    Some(Account::Answer(value.to_value()))
                }
                (None, Some(absence)) => Some(Account::Absent(absence)),
                _ => None,
            };
            match (informant, account) {
                (Some(informant), Some(account)) => {
                    if let Account::Answer(_) = account {
                        said.get("value").into_iter().for_each(|value| self.digits(value));
                    }
                    accounts.insert(informant, account);
                }
                (None, _) => self.fault(codes::RECORD_SHAPE, "this is nobody who answers", said),
                (_, None) => {
                    let message = "what somebody said is either a `value` or `absent`, the reason for none";
                    self.fault(codes::RECORD_SHAPE, message, said);
                }
            }
        }
        accounts
    }

    /// Reports members that the wire format does not have: left out in silence, what they say would be lost.
    fn closed(&mut self, item: Item<'_>, what: &str, members: &[&str]) {
        for (name, member) in item.entries() {
            if self.diagnostics.len() >= json::MAX_FAULTS {
                break;
            }
            if !members.contains(&name) {
                let meant = did_you_mean(name, members.iter().copied());
                let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
                let message = format!("{what} has no such key{meant}");
                let diagnostic = Diagnostic::error(codes::RECORD_UNKNOWN_KEY, message).at(member.key_place());
                self.diagnostics.push(diagnostic);
            }
        }
    }

    fn override_of(&mut self, item: Item<'_>) -> Option<Override> {
        self.closed(item, "an override", &["domain", "level", "reason", "by", "supervisor", "computed"]);
        let domain = item.text_of("domain").and_then(|domain| domain.parse().ok());
        let level = item.get("level").and_then(Item::whole).and_then(|level| u8::try_from(level).ok());
        let level = level.filter(|level| *level <= 3);
        let (Some(domain), Some(level)) = (domain, level) else {
            self.fault(codes::RECORD_SHAPE, "an override needs a `domain` and a `level` from 0 to 3", item);
            return None;
        };
        Some(Override {
            domain,
            level,
            reason: self.text(item, "reason"),
            by: self.text(item, "by"),
            supervisor: self.text(item, "supervisor"),
            computed: item.get("computed").and_then(|item| self.set_over(item)),
        })
    }

    fn set_over(&mut self, item: Item<'_>) -> Option<SetOver> {
        if matches!(item.view(), View::Null) {
            return Some(SetOver(None));
        }
        let level = item.whole().and_then(|level| u8::try_from(level).ok()).filter(|level| *level <= 3);
        if level.is_none() {
            self.fault(
                codes::RECORD_SHAPE,
                "`computed` is a level from 0 to 3, or null if there was none",
                item,
            );
        }
        level.map(|level| SetOver(Some(level)))
    }

    fn alert_act(&mut self, item: Item<'_>) -> Option<AlertAct> {
        let members =
            ["rule", "field", "notified", "acknowledged", "grade", "mandatory_report_made", "earlier"];
        self.closed(item, "what was done about an alert", &members);
        if let Some(made) = item.get("mandatory_report_made").filter(|made| made.boolean().is_none()) {
            self.fault(codes::RECORD_SHAPE, "`mandatory_report_made` is true or false", made);
        }
        let Some(rule) = self.text(item, "rule") else {
            self.fault(codes::RECORD_SHAPE, "what was done about an alert names its `rule`", item);
            return None;
        };
        Some(AlertAct {
            rule,
            field: self.text(item, "field"),
            notified: copied(item, "notified"),
            acknowledged: copied(item, "acknowledged"),
            grade: self.grade(item),
            mandatory_report_made: item.flag("mandatory_report_made"),
            earlier: self.earlier(item),
        })
    }

    fn earlier(&mut self, act: Item<'_>) -> Vec<EarlierAct> {
        let Some(list) = act.get("earlier").filter(|item| !matches!(item.view(), View::Null)) else {
            return Vec::new();
        };
        if !matches!(list.view(), View::Array) {
            self.fault(codes::RECORD_SHAPE, "`earlier` is a list", list);
        }
        let mut earlier = Vec::new();
        for item in list.items() {
            if !item.is_object() {
                self.fault(codes::RECORD_SHAPE, "what was done earlier is an object", item);
                continue;
            }
            self.closed(item, "what was done earlier", &["notified", "acknowledged", "grade"]);
            earlier.push(EarlierAct {
                notified: copied(item, "notified"),
                acknowledged: copied(item, "acknowledged"),
                grade: self.grade(item),
            });
        }
        earlier
    }

    fn grade(&mut self, act: Item<'_>) -> Option<AlertGrade> {
        let item = act.get("grade").filter(|item| !matches!(item.view(), View::Null))?;
        let grade = item.text().and_then(|word| word.parse().ok());
        if grade.is_none() {
            self.fault(codes::RECORD_SHAPE, "`grade` is one of `R0`, `R1`, `R2`, `R3`", item);
        }
        grade
    }

    /// Refuses numbers with more digits than the wire format keeps: read as they stand, they would be others.
    fn digits(&mut self, answers: Item<'_>) {
        let mut open = vec![answers];
        while let Some(item) = open.pop() {
            match item.view() {
                View::Number(raw) if raw.len() > 15 && digits_of(raw) > 15 => {
                    self.fault(codes::RECORD_CONSTRAINT, "a number has at most 15 significant digits", item);
                }
                View::Array => open.extend(item.items()),
                View::Object => open.extend(item.entries().map(|(_, item)| item)),
                _ => {}
            }
        }
    }
}

/// A member as it stands; a null is none.
fn copied(holder: Item<'_>, name: &str) -> Option<serde_json::Value> {
    holder.get(name).filter(|item| !matches!(item.view(), View::Null)).map(Item::to_value)
}

fn object_of(item: Item<'_>) -> Map<String, serde_json::Value> {
    match item.to_value() {
        serde_json::Value::Object(object) => object,
        _ => Map::new(),
    }
}

/// Significant digits of a number as it is written.
fn digits_of(raw: &str) -> usize {
    let mantissa = raw.split(['e', 'E']).next().unwrap_or(raw);
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').trim_end_matches('0').len()
}
