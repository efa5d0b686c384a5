use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{file_name, unwritable};
use crate::cli::outcome::Stop;
use crate::export::{Format, Leaving, Loss, Tables, Workbook, header, line};
use crate::plan::Plan;

/// The tables of a run: one set for each questionnaire that turns up, to which every profile adds its rows.
///
/// CSV is written as it comes, so that a run of any length takes the same memory; a workbook is held until the end.
pub(super) struct TableRun {
    format: Format,
    folder: PathBuf,
    sets: BTreeMap<String, Set>,
}

struct Set {
    plan: Arc<Plan>,
    tables: Tables,
    sink: Sink,
    names: Vec<String>,
}

enum Sink {
    Csv(Vec<(PathBuf, BufWriter<File>)>),
    Xlsx(PathBuf, Box<Workbook>),
}

impl TableRun {
    pub(super) fn new(format: Format, folder: &Path) -> Self {
        Self { format, folder: folder.to_owned(), sets: BTreeMap::new() }
    }

    /// Adds the rows of a profile; the names of the files, and what has no place in a table.
    pub(super) fn add(&mut self, leaving: &Leaving) -> Result<(Vec<String>, Vec<Loss>), Stop> {
        let hash = leaving.plan.content_hash().to_string();
        if !self.sets.contains_key(&hash) {
            let set = self.open(&leaving.plan)?;
            self.sets.insert(hash.clone(), set);
        }
        let Some(set) = self.sets.get_mut(&hash) else { return Ok((Vec::new(), Vec::new())) };
        let (rows, losses) = set.tables.rows(leaving);
        set.add(&rows)?;
        Ok((set.names.clone(), losses))
    }

    /// The name of a questionnaire's files. Two contents of one version are kept apart by their fingerprint.
    fn name(&self, plan: &Plan) -> String {
        let same = |set: &Set| set.plan.id == plan.id && set.plan.version == plan.version;
        let print: String = plan.content_hash().chars().skip(7).take(8).collect();
        match self.sets.values().any(same) {
            true => file_name(&format!("{}-{}-{print}", plan.id, plan.version)),
            false => file_name(&format!("{}-{}", plan.id, plan.version)),
        }
    }

    fn open(&self, plan: &Arc<Plan>) -> Result<Set, Stop> {
        let tables = Tables::new(plan);
        let stem = self.name(plan);
        let (sink, names) = if self.format == Format::Xlsx {
            let name = format!("{stem}.xlsx");
            let workbook = Workbook::new(&tables).map_err(Stop::Unusable)?;
            (Sink::Xlsx(self.folder.join(&name), Box::new(workbook)), vec![name])
        } else {
            let mut files = Vec::new();
            let mut names = Vec::new();
            for table in &tables.tables {
                let name = format!("{stem}.{}.csv", file_name(&table.name));
                let path = self.folder.join(&name);
                let mut file =
                    BufWriter::new(File::create(&path).map_err(|error| unwritable(&path, &error))?);
                file.write_all(&header(&table.columns)).map_err(|error| unwritable(&path, &error))?;
                files.push((path, file));
                names.push(name);
            }
            (Sink::Csv(files), names)
        };
        Ok(Set { plan: Arc::clone(plan), tables, sink, names })
    }

    /// Writes the dictionaries and what was held.
    pub(super) fn finish(mut self) -> Result<(), Stop> {
        for set in self.sets.values_mut() {
            let dictionary = set.tables.dictionary(&set.plan);
            set.add(&dictionary)?;
        }
        for set in self.sets.into_values() {
            match set.sink {
                Sink::Csv(files) => {
                    for (path, mut file) in files {
                        file.flush().map_err(|error| unwritable(&path, &error))?;
                    }
                }
                Sink::Xlsx(path, workbook) => {
                    let bytes = workbook.finish().map_err(Stop::Unusable)?;
                    fs::write(&path, bytes).map_err(|error| unwritable(&path, &error))?;
                }
            }
        }
        Ok(())
    }
}

impl Set {
    fn add(&mut self, rows: &[crate::export::Row]) -> Result<(), Stop> {
        for row in rows {
            match &mut self.sink {
                Sink::Csv(files) => {
                    if let Some((path, file)) = files.get_mut(row.table) {
                        file.write_all(&line(&row.cells)).map_err(|error| unwritable(path, &error))?;
                    }
                }
                Sink::Xlsx(_, workbook) => workbook.add(row).map_err(Stop::Unusable)?,
            }
        }
        Ok(())
    }
}
