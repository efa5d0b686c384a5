//! Splits a module in two, so that a first visit loads only what it needs.
//!
//! One function of the module is the *door*: nothing behind it is needed before it is first called. Functions and data
//! that can be reached through the door alone move into a second module, which shares memory, tables and functions with
//! the first. In the first, the door is a call through a slot of the function table that the second fills when it is
//! instantiated, together with the slots of its own functions and its data; the page does that before it opens the
//! door. What can be reached is known from the linker ([`links`](super::links)): a component of the page is called
//! through tables and data only, and would otherwise all stay in the first.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result, bail};
use walrus::ir::Value;
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, FunctionBuilder, FunctionId, FunctionKind, GlobalKind,
    ImportKind, ImportedFunction, Module, ModuleConfig, TableId, passes,
};

use super::links::Links;
use super::reach::{Reach, reach};

/// The name under which the second module imports from the first.
const FIRST: &str = "page";

/// The two modules.
#[derive(Debug)]
pub(super) struct Halves {
    pub(super) first: Vec<u8>,
    pub(super) later: Vec<u8>,
}

/// Splits a module that has its names at the door, a function by its path. `linked` is the module as the linker left
/// it.
pub(super) fn split(linked: &[u8], wasm: &[u8], door: &str) -> Result<Halves> {
    let links = Links::read(linked)?;
    let mut first = parse(wasm)?;
    let door = find(&first, door)?;
    let reach = reach(&first, &links, door);
    if !reach.functions.contains(&door.index()) {
        bail!("the door is never opened");
    }
    let table = first.tables.main_function_table()?.context("the module has no table of functions")?;
    let slot = enlarge(&mut first, table);
    // What JavaScript gives may be wanted behind the door alone.
    let given: Vec<FunctionId> =
        first.funcs.iter().filter(|one| is_import(&one.kind)).map(walrus::Function::id).collect();
    let mut offered = HashMap::new();
    for id in given {
        offered.insert(name('f', id.index()), first.exports.add(&name('f', id.index()), id));
    }
    wall_up(&mut first, door, table, slot)?;
    cut_slots(&mut first, |id| reach.functions.contains(&id.index()));
    cut_data(&mut first, &links, &reach, Half::First)?;
    passes::gc::run(&mut first);

    let mut later = parse(wasm)?;
    take(&mut later, &first, door.index(), slot, &links, &reach)?;
    let wanted: Vec<(String, ImportKind)> =
        later.imports.iter().map(|import| (import.name.clone(), import.kind.clone())).collect();
    for (name, kind) in wanted {
        if offered.remove(&name).is_none() {
            offer(&mut first, &name, &kind)?;
        }
    }
    for unwanted in offered.into_values() {
        first.exports.delete(unwanted);
    }
    passes::gc::run(&mut first);
    Ok(Halves { first: first.emit_wasm(), later: later.emit_wasm() })
}

fn parse(wasm: &[u8]) -> Result<Module> {
    let mut module =
        ModuleConfig::new().generate_name_section(false).generate_producers_section(false).parse(wasm)?;
    // What the linker has left is true of its own file only.
    let stale: Vec<_> = module
        .customs
        .iter()
        .filter(|(_, section)| section.name() == "linking" || section.name().starts_with("reloc."))
        .map(|(id, _)| id)
        .collect();
    for id in stale {
        module.customs.delete(id);
    }
    Ok(module)
}

/// The function of a path.
fn find(module: &Module, path: &str) -> Result<FunctionId> {
    let is_it = |name: &str| format!("{:#}", rustc_demangle::demangle(name)) == path;
    let mut found = module.funcs.iter().filter(|one| one.name.as_deref().is_some_and(is_it));
    match (found.next(), found.next()) {
        (Some(door), None) => Ok(door.id()),
        (None, _) => bail!("there is no function `{path}`: was it inlined?"),
        (Some(_), Some(_)) => bail!("there are several functions `{path}`: is it generic?"),
    }
}

fn is_import(kind: &FunctionKind) -> bool {
    matches!(kind, FunctionKind::Import(_))
}

/// Adds a place to a table.
fn enlarge(module: &mut Module, table: TableId) -> i32 {
    let table = module.tables.get_mut(table);
    let slot = table.initial;
    table.initial += 1;
    table.maximum = table.maximum.map(|most| most.max(table.initial));
    i32::try_from(slot).unwrap_or(i32::MAX)
}

/// Makes the door a call through the table.
fn wall_up(module: &mut Module, door: FunctionId, table: TableId, slot: i32) -> Result<()> {
    let ty = module.funcs.get(door).ty();
    let (parameters, results) = {
        let ty = module.types.get(ty);
        (ty.params().to_vec(), ty.results().to_vec())
    };
    let arguments: Vec<_> = parameters.iter().map(|one| module.locals.add(*one)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    let mut body = builder.func_body();
    for argument in &arguments {
        body.local_get(*argument);
    }
    body.i32_const(slot).call_indirect(ty, table);
    module.funcs.get_mut(door).kind = FunctionKind::Local(builder.local_func(arguments));
    Ok(())
}

/// Leaves in the function table the slots of some functions only, at their places: the others are empty.
fn cut_slots(module: &mut Module, stays: impl Fn(FunctionId) -> bool) {
    let old: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    for id in old {
        let element = module.elements.get(id);
        let (
            ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(start)) },
            ElementItems::Functions(all),
        ) = (&element.kind, &element.items)
        else {
            continue;
        };
        let (table, start, all) = (*table, *start, all.clone());
        let mut runs: Vec<(i32, Vec<FunctionId>)> = Vec::new();
        for (slot, function) in (start..).zip(all) {
            if !stays(function) {
                continue;
            }
            match runs.last_mut() {
                Some((first, run)) if usize::try_from(slot - *first) == Ok(run.len()) => run.push(function),
                _ => runs.push((slot, vec![function])),
            }
        }
        module.elements.delete(id);
        module.tables.get_mut(table).elem_segments.remove(&id);
        for (slot, run) in runs {
            fill_slots(module, table, slot, run);
        }
    }
}

fn fill_slots(module: &mut Module, table: TableId, slot: i32, functions: Vec<FunctionId>) {
    let kind = ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(slot)) };
    let element = module.elements.add(kind, ElementItems::Functions(functions));
    module.tables.get_mut(table).elem_segments.insert(element);
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    First,
    Later,
}

impl Half {
    /// Over how many bytes of the other half a run goes on: a segment more costs as many. What the first takes along so
    /// is written again when the second comes; the other way round it would undo what has happened since.
    fn bridge(self) -> usize {
        match self {
            Self::First => 12,
            Self::Later => 0,
        }
    }
}

/// Leaves of the data what belongs to one half.
fn cut_data(module: &mut Module, links: &Links, reach: &Reach, half: Half) -> Result<()> {
    let old: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for id in old {
        let data = module.data.get(id);
        let DataKind::Active { memory, offset: ConstExpr::Value(Value::I32(address)) } = data.kind else {
            bail!("a segment of data has no fixed address");
        };
        let (value, address) = (data.value.clone(), address.cast_unsigned());
        let owners = owners(address, &value, links, reach);
        module.data.delete(id);
        module.memories.get_mut(memory).data_segments.remove(&id);
        for (start, end) in runs(&owners, half) {
            let bytes = value.get(start..end).unwrap_or_default().to_vec();
            // Memory begins as zeros.
            if bytes.iter().any(|&byte| byte != 0) {
                let offset = ConstExpr::Value(Value::I32((address + u32::try_from(start)?).cast_signed()));
                let added = module.data.add(DataKind::Active { memory, offset }, bytes);
                module.memories.get_mut(memory).data_segments.insert(added);
            }
        }
    }
    Ok(())
}

/// Whose each byte of a segment is. What is of no piece is the first's, but for the zeros that fill up the place behind
/// a piece.
fn owners(address: u32, value: &[u8], links: &Links, reach: &Reach) -> Vec<Half> {
    const MOST_FILLING: usize = 15;
    let mut owners = vec![None; value.len()];
    for (piece, &reached) in links.pieces.iter().zip(&reach.pieces) {
        for at in piece.range.clone() {
            let place = at.checked_sub(address).and_then(|place| owners.get_mut(place as usize));
            if let Some(owner) = place
                && *owner != Some(Half::First)
            {
                *owner = Some(if reached { Half::First } else { Half::Later });
            }
        }
    }
    let (mut last, mut filling) = (Half::First, 0);
    let whose = |(owner, &byte): (Option<Half>, &u8)| {
        (last, filling) = match owner {
            Some(owner) => (owner, 0),
            None if byte == 0 && filling < MOST_FILLING => (last, filling + 1),
            None => (Half::First, 0),
        };
        last
    };
    owners.into_iter().zip(value).map(whose).collect()
}

/// The longest runs of bytes of one half: begin and end of each.
fn runs(owners: &[Half], half: Half) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (place, _) in owners.iter().enumerate().filter(|(_, owner)| **owner == half) {
        match runs.last_mut() {
            Some((_, end)) if place - *end <= half.bridge() => *end = place + 1,
            _ => runs.push((place, place + 1)),
        }
    }
    runs
}

/// Leaves of a module what stands behind its door; everything else is imported from the first.
fn take(
    later: &mut Module,
    first: &Module,
    door: usize,
    slot: i32,
    links: &Links,
    reach: &Reach,
) -> Result<()> {
    later.start = None;
    for id in later.exports.iter().map(walrus::Export::id).collect::<Vec<_>>() {
        later.exports.delete(id);
    }
    cut_data(later, links, reach, Half::Later)?;
    cut_slots(later, |id| !reach.functions.contains(&id.index()));
    for memory in later.memories.iter_mut() {
        memory.import = Some(later.imports.add(FIRST, &name('m', memory.id().index()), memory.id()));
    }
    let sizes: HashMap<usize, _> =
        first.tables.iter().map(|one| (one.id().index(), (one.initial, one.maximum))).collect();
    for table in later.tables.iter_mut() {
        if let Some(&(initial, maximum)) = sizes.get(&table.id().index()) {
            (table.initial, table.maximum) = (initial, maximum);
        }
        table.import = Some(later.imports.add(FIRST, &name('t', table.id().index()), table.id()));
    }
    for id in later.globals.iter().map(walrus::Global::id).collect::<Vec<_>>() {
        let import = later.imports.add(FIRST, &name('g', id.index()), id);
        later.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    let kept: HashSet<usize> = first.funcs.iter().map(|one| one.id().index()).collect();
    let mut behind = None;
    for function in later.funcs.iter_mut() {
        let index = function.id().index();
        if index == door {
            behind = Some(function.id());
        } else if kept.contains(&index) {
            let ty = function.ty();
            if let FunctionKind::Import(old) = &function.kind {
                later.imports.delete(old.import);
            }
            let import = later.imports.add(FIRST, &name('f', index), function.id());
            function.kind = FunctionKind::Import(ImportedFunction { import, ty });
        }
    }
    let table = later.tables.main_function_table()?.context("the module has no table of functions")?;
    fill_slots(later, table, slot, behind.into_iter().collect());
    passes::gc::run(later);
    Ok(())
}
/// Exports from the first module what the second imports.
fn offer(first: &mut Module, name: &str, kind: &ImportKind) -> Result<()> {
    let missing = || format!("the first module has lost `{name}`");
    match kind {
        ImportKind::Function(id) => {
            let found = first.funcs.iter().find(|one| one.id().index() == id.index());
            let id = found.with_context(missing)?.id();
            first.exports.add(name, id);
        }
        ImportKind::Table(id) => {
            let found = first.tables.iter().find(|one| one.id().index() == id.index());
            let id = found.with_context(missing)?.id();
            first.exports.add(name, id);
        }
        ImportKind::Memory(id) => {
            let found = first.memories.iter().find(|one| one.id().index() == id.index());
            let id = found.with_context(missing)?.id();
            first.exports.add(name, id);
        }
        ImportKind::Global(id) => {
            let found = first.globals.iter().find(|one| one.id().index() == id.index());
            let id = found.with_context(missing)?.id();
            first.exports.add(name, id);
        }
        ImportKind::Tag(_) => bail!("modules with exceptions are not split"),
    }
    Ok(())
}

fn name(kind: char, index: usize) -> String {
    format!("{kind}{index}")
}
