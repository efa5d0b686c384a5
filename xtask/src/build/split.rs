//! Splits a module in two, so that a first visit loads only what it needs.
//!
//! Some functions of the module are *doors*: nothing behind them is needed before they are first called. All that can
//! be reached through doors alone moves into a second module, which shares memory, tables and functions with the first.
//! In the first, a door is a call through a slot of the function table that the second fills when it is instantiated;
//! the page does that before it opens a door. Where the data of both stands is settled by then, so that all of it
//! stays in the first.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use walrus::ir::Value;
use walrus::{
    ConstExpr, ElementItems, ElementKind, FunctionBuilder, FunctionId, FunctionKind, GlobalKind, ImportKind,
    ImportedFunction, Module, ModuleConfig, TableId, passes,
};

/// The name under which the second module imports from the first.
const FIRST: &str = "page";

/// The two modules.
#[derive(Debug)]
pub(super) struct Halves {
    pub(super) first: Vec<u8>,
    pub(super) later: Vec<u8>,
}

/// Splits a module that has its names. Doors are the functions whose name has `marker` in it and goes on with one
/// part, which is theirs, and the compiler's hash.
pub(super) fn split(wasm: &[u8], marker: &str) -> Result<Halves> {
    let mut first = parse(wasm)?;
    let doors = doors(&first, marker);
    if doors.is_empty() {
        bail!("no function has `{marker}` in its name: were all of them inlined?");
    }
    let table = first.tables.main_function_table()?.context("the module has no table of functions")?;
    let slot = enlarge(&mut first, table, doors.len());
    // What JavaScript gives may be wanted behind the doors alone.
    let given: Vec<FunctionId> =
        first.funcs.iter().filter(|one| is_import(&one.kind)).map(walrus::Function::id).collect();
    let mut offered = HashMap::new();
    for id in given {
        offered.insert(name('f', id.index()), first.exports.add(&name('f', id.index()), id));
    }
    for (place, door) in doors.iter().enumerate() {
        wall_up(&mut first, *door, table, slot + i32::try_from(place)?)?;
    }
    passes::gc::run(&mut first);

    let mut later = parse(wasm)?;
    take(&mut later, &first, &doors.iter().map(|door| door.index()).collect::<Vec<_>>(), slot)?;
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
    ModuleConfig::new().generate_name_section(false).generate_producers_section(false).parse(wasm)
}

fn doors(module: &Module, marker: &str) -> Vec<FunctionId> {
    let is_door = |name: &str| {
        let rest = name.split_once(marker).map(|(_, rest)| rest);
        rest.is_some_and(|rest| !rest.contains("{{") && rest.split("::").count() <= 2)
    };
    let local = module.funcs.iter().filter(|one| !is_import(&one.kind));
    local.filter(|one| one.name.as_deref().is_some_and(is_door)).map(walrus::Function::id).collect()
}

fn is_import(kind: &FunctionKind) -> bool {
    matches!(kind, FunctionKind::Import(_))
}

/// Adds places to a table; the first of them.
fn enlarge(module: &mut Module, table: TableId, places: usize) -> i32 {
    let table = module.tables.get_mut(table);
    let slot = table.initial;
    table.initial += places as u64;
    table.maximum = table.maximum.map(|most| most.max(table.initial));
    i32::try_from(slot).unwrap_or(i32::MAX)
}

/// Makes a door a call through the table.
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

/// Leaves of a module what stands behind its doors; everything else is imported from the first.
fn take(later: &mut Module, first: &Module, doors: &[usize], slot: i32) -> Result<()> {
    later.start = None;
    for id in later.exports.iter().map(walrus::Export::id).collect::<Vec<_>>() {
        later.exports.delete(id);
    }
    for id in later.elements.iter().map(walrus::Element::id).collect::<Vec<_>>() {
        later.elements.delete(id);
    }
    for id in later.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
        later.data.delete(id);
    }
    for memory in later.memories.iter_mut() {
        memory.data_segments.clear();
        memory.import = Some(later.imports.add(FIRST, &name('m', memory.id().index()), memory.id()));
    }
    let sizes: HashMap<usize, _> =
        first.tables.iter().map(|one| (one.id().index(), (one.initial, one.maximum))).collect();
    for table in later.tables.iter_mut() {
        table.elem_segments.clear();
        if let Some(&(initial, maximum)) = sizes.get(&table.id().index()) {
            (table.initial, table.maximum) = (initial, maximum);
        }
        table.import = Some(later.imports.add(FIRST, &name('t', table.id().index()), table.id()));
    }
    for id in later.globals.iter().map(walrus::Global::id).collect::<Vec<_>>() {
        let import = later.imports.add(FIRST, &name('g', id.index()), id);
        later.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    let kept: HashMap<usize, ()> = first.funcs.iter().map(|one| (one.id().index(), ())).collect();
    let mut behind = Vec::new();
    for function in later.funcs.iter_mut() {
        let index = function.id().index();
        if doors.contains(&index) {
            behind.push(function.id());
        } else if kept.contains_key(&index) {
            let ty = function.ty();
            if let FunctionKind::Import(old) = &function.kind {
                later.imports.delete(old.import);
            }
            let import = later.imports.add(FIRST, &name('f', index), function.id());
            function.kind = FunctionKind::Import(ImportedFunction { import, ty });
        }
    }
    behind.sort_by_key(|id| doors.iter().position(|door| *door == id.index()));
    for (place, id) in behind.iter().enumerate() {
        // For the collector, which would not find them through an imported table.
        later.exports.add(&name('d', place), *id);
    }
    let table = later.tables.main_function_table()?.context("the module has no table of functions")?;
    let kind = ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(slot)) };
    let element = later.elements.add(kind, ElementItems::Functions(behind));
    later.tables.get_mut(table).elem_segments.insert(element);
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
