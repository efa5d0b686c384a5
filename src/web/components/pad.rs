use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use super::attached::{Attached, Picture};
use super::photo::PhotoButton;
use super::{ControlProps, Icon, icon};
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::drawing::{Drawing, Ink, MEDIA_TYPE};

/// A signature or a thumbprint, drawn with a finger; or a photograph of one on paper, for whoever does not sign on
/// glass. It is kept whenever the finger is lifted.
#[component]
pub(crate) fn MarkControl(props: &ControlProps) -> Html {
    let ControlProps { store, node, read_only, .. } = props.clone();
    use_node(&store, node);
    let texts = use_texts();
    let ink = {
        let session = store.session();
        match session.plan().question(node.question()).widget.as_deref() {
            Some("thumbprint") => Ink::Thumb,
            _ => Ink::Pen,
        }
    };
    let surface = use_node_ref();
    let drawing = use_mut_ref(|| None::<Drawing>);
    // Whether what is answered is being drawn here, and so stands on the surface already.
    let drawn = use_state(|| false);
    let answered = store.session().value(node).is_some();
    let open = !read_only && (*drawn || !answered);
    {
        let (surface, drawing, store, drawn) =
            (surface.clone(), Rc::clone(&drawing), store.clone(), drawn.setter());
        use_effect_with((open, ink == Ink::Thumb), move |&(open, _)| {
            let made = surface.get().filter(|_| open).and_then(|canvas| {
                Drawing::on(&canvas, ink, move |picture| {
                    drawn.set(true);
                    store.attach(node, MEDIA_TYPE, &picture);
                })
            });
            *drawing.borrow_mut() = made;
            let drawing: Rc<RefCell<Option<Drawing>>> = drawing;
            move || drop(drawing.take())
        });
    }
    {
        // An answer that was taken back elsewhere leaves no ink behind, least of all under the next person's.
        let (drawing, drawn) = (Rc::clone(&drawing), drawn.clone());
        use_effect_with((answered, *drawn), move |&(answered, was_drawn)| {
            if was_drawn && !answered {
                if let Some(drawing) = &*drawing.borrow() {
                    drawing.clear();
                }
                drawn.set(false);
            }
        });
    }
    let onclear = {
        let (store, drawn, drawing) = (store.clone(), drawn.clone(), drawing);
        move |_: MouseEvent| {
            if let Some(drawing) = &*drawing.borrow() {
                drawing.clear();
            }
            drawn.set(false);
            store.answer(node, None);
        }
    };
    let hint = texts.say(match ink {
        Ink::Pen => "mark.sign",
        Ink::Thumb => "mark.press",
    });
    html! {
        <div class="mark">
            if open {
                <canvas ref={surface} class="mark-surface" role="img" aria-label={hint.clone()} />
                if !answered {
                    <p class="mark-hint" aria-hidden="true">{ hint }</p>
                }
            } else {
                <Attached store={store.clone()} {node} picture={Picture::Mark} />
            }
            if !read_only {
                <div class="actions-inline">
                    if answered {
                        <button type="button" class="button button-quiet" onclick={onclear}>
                            { icon(Icon::Remove, Classes::new()) }{ texts.say("mark.again") }
                        </button>
                    } else {
                        <PhotoButton store={store.clone()} {node} label={texts.say("mark.photograph")} quiet=true />
                    }
                </div>
            }
        </div>
    }
}
