use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::attached::{Attached, Picture};
use super::ids::Ids;
use super::{ControlProps, Icon, icon, message};
use crate::diagnostic::Severity;
use crate::session::Node;
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::picture;
use crate::web::store::Store;

/// A photograph, made small and without what else a camera writes into its file.
#[component]
pub(crate) fn PhotoControl(props: &ControlProps) -> Html {
    let ControlProps { store, node, read_only, .. } = props.clone();
    use_node(&store, node);
    let texts = use_texts();
    let answered = store.session().value(node).is_some();
    let onclear = {
        let store = store.clone();
        move |_: MouseEvent| store.answer(node, None)
    };
    html! {
        <div class="mark">
            if answered {
                <Attached store={store.clone()} {node} picture={Picture::Photo} />
            }
            if !read_only {
                <div class="actions-inline">
                    <PhotoButton store={store.clone()} {node} quiet=false
                        label={texts.say(if answered { "photo.again" } else { "photo.take" })} />
                    if answered {
                        <button type="button" class="button button-quiet" onclick={onclear}>
                            { icon(Icon::Remove, Classes::new()) }{ texts.say("photo.remove") }
                        </button>
                    }
                </div>
            }
        </div>
    }
}

/// What [`PhotoButton`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct PhotoButtonProps {
    /// The interview.
    pub(super) store: Store,
    /// The question.
    pub(super) node: Node,
    /// What stands on the button.
    pub(super) label: AttrValue,
    /// Whether it is one way among others.
    pub(super) quiet: bool,
}

/// Opens the camera, or the files where there is none.
#[component]
pub(super) fn PhotoButton(props: &PhotoButtonProps) -> Html {
    let PhotoButtonProps { store, node, label, quiet } = props;
    let node = *node;
    let texts = use_texts();
    let failed = use_state(|| false);
    let busy = use_state(|| false);
    let onchange = {
        let (store, failed, busy) = (store.clone(), failed.setter(), busy.setter());
        move |event: Event| {
            let Some(file) = picture::chosen(&event) else { return };
            let (store, failed, busy) = (store.clone(), failed.clone(), busy.clone());
            busy.set(true);
            spawn_local(async move {
                let photo = picture::shrunk(file).await;
                failed.set(photo.is_none());
                busy.set(false);
                if let Some(photo) = photo {
                    store.attach(node, picture::MEDIA_TYPE, &photo);
                }
            });
        }
    };
    let class = if *quiet { "button button-quiet file-button" } else { "button button-second file-button" };
    html! {
        <>
            <label {class}>
                { icon(Icon::Camera, Classes::new()) }{ label.clone() }
                <input id={Ids(node).control()} type="file" accept="image/*" capture="environment" {onchange} />
            </label>
            if *busy {
                <span class="quiet" role="status">{ texts.say("photo.working") }</span>
            }
            if *failed {
                { message(&texts, Severity::Error, texts.say("photo.failed")) }
            }
        </>
    }
}
