//! Files of the site's own, beside its database. A browser need not have them: what goes wrong here is no failure.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions,
    FileSystemGetFileOptions, FileSystemReadWriteOptions, FileSystemSyncAccessHandle, WorkerGlobalScope,
};

/// A folder of the site.
pub(in crate::keeper) struct Folder(FileSystemDirectoryHandle);

/// A file to which is added; nobody else has it meanwhile.
#[derive(Debug)]
pub(in crate::keeper) struct Log {
    /// What it is called.
    pub(in crate::keeper) name: String,
    handle: FileSystemSyncAccessHandle,
    length: f64,
}

impl Folder {
    /// Opens it, and makes it if that is wished.
    pub(in crate::keeper) async fn open(name: &str, make: bool) -> Option<Self> {
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        let navigator = scope.navigator();
        let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
        // Neither is there at an address without TLS, nor in a browser that has no files.
        if storage.is_undefined() || Reflect::get(&storage, &"getDirectory".into()).ok()?.is_undefined() {
            return None;
        }
        let root: FileSystemDirectoryHandle =
            JsFuture::from(navigator.storage().get_directory()).await.ok()?.unchecked_into();
        let options = FileSystemGetDirectoryOptions::new();
        options.set_create(make);
        let folder = JsFuture::from(root.get_directory_handle_with_options(name, &options)).await.ok()?;
        Some(Self(folder.unchecked_into()))
    }

    /// The names of its files, sorted.
    pub(in crate::keeper) async fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let keys = self.0.keys();
        while let Ok(next) = keys.next() {
            let Ok(next) = JsFuture::from(next).await else { break };
            let name = Reflect::get(&next, &"value".into()).ok().and_then(|name| name.as_string());
            let Some(name) = name else { break };
            names.push(name);
        }
        names.sort();
        names
    }

    /// What a file holds.
    pub(in crate::keeper) async fn read(&self, name: &str) -> Option<Vec<u8>> {
        let file: FileSystemFileHandle =
            JsFuture::from(self.0.get_file_handle(name)).await.ok()?.unchecked_into();
        let blob: Blob = JsFuture::from(file.get_file()).await.ok()?.unchecked_into();
        let bytes = JsFuture::from(blob.array_buffer()).await.ok()?;
        Some(Uint8Array::new(&bytes).to_vec())
    }

    /// Removes a file. One that another tab holds stays.
    pub(in crate::keeper) async fn remove(&self, name: &str) {
        let _ = JsFuture::from(self.0.remove_entry(name)).await;
    }

    /// A new file.
    pub(in crate::keeper) async fn begin(&self, name: String) -> Option<Log> {
        let options = FileSystemGetFileOptions::new();
        options.set_create(true);
        let file = JsFuture::from(self.0.get_file_handle_with_options(&name, &options)).await.ok()?;
        let file: FileSystemFileHandle = file.unchecked_into();
        // Some browsers have files, and none that are added to so.
        if Reflect::get(&file, &"createSyncAccessHandle".into()).ok()?.is_undefined() {
            return None;
        }
        let handle = JsFuture::from(file.create_sync_access_handle()).await.ok()?.unchecked_into();
        Some(Log { name, handle, length: 0.0 })
    }
}

impl Log {
    /// Adds to it; when it returns, that is on the disk.
    pub(in crate::keeper) fn append(&mut self, bytes: &[u8]) -> Option<()> {
        let options = FileSystemReadWriteOptions::new();
        options.set_at(self.length);
        let written = self.handle.write_with_u8_array_and_options(bytes, &options).ok()?;
        #[allow(clippy::cast_precision_loss, reason = "no file comes near to 2^53 bytes")]
        let whole = bytes.len() as f64;
        if written < whole {
            return None;
        }
        self.length += written;
        self.handle.flush().ok()
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.handle.close();
    }
}
