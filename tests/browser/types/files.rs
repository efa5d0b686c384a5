use serde_json::json;

use super::form::Form;

/// Draws a line on a surface with a finger.
fn draw(form: &Form, name: &str) {
    form.page.script(&format!(
        "const surface = document.querySelector('#{} canvas');
         surface.scrollIntoView({{ block: 'center', behavior: 'instant' }});
         const box = surface.getBoundingClientRect();
         const at = (type, x, y) => surface.dispatchEvent(new PointerEvent(type, {{
           pointerId: 7, pointerType: 'touch', isPrimary: true, bubbles: true, cancelable: true, pressure: 0.5,
           width: 40, height: 50, clientX: box.left + x, clientY: box.top + y }}));
         at('pointerdown', 30, 40); at('pointermove', 120, 90); at('pointermove', 200, 30); at('pointerup', 200, 30);",
        form.id(name)
    ));
}

#[test]
fn a_mark_is_kept_when_the_finger_is_lifted_and_can_be_made_again() {
    let form = Form::open(4);
    let page = &form.page;
    for name in ["mark", "thumb"] {
        draw(&form, name);
        page.wait_for("it is answered", || {
            form.texts(name, "button").iter().any(|text| text == "Clear and sign again")
        });
        let ink = page.script(&format!(
            "const surface = document.querySelector('#{} canvas');
             const data = surface.getContext('2d').getImageData(0, 0, surface.width, surface.height).data;
             let dark = 0;
             for (let at = 0; at < data.length; at += 4) if (data[at] < 128) dark += 1;
             return dark;",
            form.id(name)
        ));
        assert!(ink.as_u64().unwrap() > 200, "{name}: {ink} dark points");
    }
    assert_eq!(form.reviewed("Sign"), "Save the picture");
    page.wait_for("both are seen there", || page.all(".answer img.attached-mark").len() == 2);
    let link = page.css(".answer a[download]");
    assert_eq!(link.attribute("download").as_deref(), Some("mark.png"), "its name tells nothing");
    form.go_to(4);
    page.wait_for("it is shown again", || {
        page.script(&format!(
            "const one = document.querySelector('#{} img'); return one !== null && one.naturalWidth > 100",
            form.id("mark")
        )) == true
    });
    form.press("mark", "button", "Clear and sign again");
    page.wait_for("the paper is empty", || form.texts("mark", ".mark-hint") == ["Sign here"]);
    page.assert_no_faults();
}

#[test]
fn a_photograph_is_made_small() {
    let form = Form::open(4);
    let page = &form.page;
    let sent = page.script_async(&format!(
        "const canvas = document.createElement('canvas');
         canvas.width = 3200; canvas.height = 1600;
         const context = canvas.getContext('2d');
         for (let at = 0; at < 400; at += 1) {{
           context.fillStyle = `hsl(${{at * 37 % 360}} 80% 50%)`;
           context.fillRect(at * 31 % 3200, at * 17 % 1600, 240, 160);
         }}
         const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
         const files = new DataTransfer();
         files.items.add(new File([blob], 'IMG_0001.png', {{ type: 'image/png' }}));
         const input = document.querySelector('#{} input[type=file]');
         input.files = files.files;
         input.dispatchEvent(new Event('change', {{ bubbles: true }}));
         return blob.size;",
        form.id("door")
    ));
    assert!(sent.as_u64().is_some(), "{sent}");
    page.wait_for("it is shown", || {
        page.script(&format!(
            "const one = document.querySelector('#{} img'); return one ? [one.naturalWidth, one.naturalHeight] : null",
            form.id("door")
        )) == json!([1600, 800])
    });
    assert_eq!(form.texts("door", ".file-button"), ["Take another photograph"]);
    form.press("door", "button", "Remove");
    page.wait_for("it is gone", || form.texts("door", ".file-button") == ["Take a photograph"]);
    page.assert_no_faults();
}

#[test]
fn a_place_is_found_or_written() {
    let form = Form::open(4);
    let page = &form.page;
    // Whether the browser may ask a satellite differs from machine to machine: the page asks, and this answers.
    page.script(
        "Geolocation.prototype.getCurrentPosition = (found) =>
           found({ coords: { latitude: 26.64702, longitude: 106.63024, accuracy: 12 } })",
    );
    form.press("place", "button", "Find this place");
    let boxes = || {
        let boxes = page.all(&format!("#{} .place-part input", form.id("place")));
        boxes.iter().map(|one| one.value()).collect::<Vec<_>>()
    };
    page.wait_for("the degrees", || boxes() == ["26.64702", "106.63024"]);
    assert_eq!(form.texts("place", ".hint"), ["Exact to 12 metres"]);
    let north = form.css("place", ".place-part input");
    north.click();
    page.press_with(&[crate::harness::Key::Control], 'a');
    page.keys("95");
    page.script("document.activeElement.blur()");
    page.wait_for("there is no such place", || form.texts("place", ".message-error").len() == 1);
    page.assert_no_faults();
}
