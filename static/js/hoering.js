// What makes pages nicer; every page works without it. Loaded with `defer` as a classic script. Words a person reads
// stand in the page's data-… attributes, never here.
//
//   form[data-autosave=URL]   what is typed is POSTed to URL a little later and when the page is left.
//       data-status=ID        element that says how it went, in the form's data-saving, data-saved, data-failed,
//                             data-conflict, data-gone. An answer in JSON may hold `version` (put into the field of
//                             that name), `status` (shown instead of data-saved), `closed` (saved, yet too late) and
//                             `error` (what is wrong with the words: tried again when they change). 409, and 401, 403
//                             and 404 (the session is over): nothing more is saved from this tab; the words stay.
//   [data-script]             shown: promises what only the script keeps.
//   form[data-unsaved]        the browser asks before typed text is left behind. data-dirty=yes: from the start, for what
//                             stands in the fields could not be stored; with data-autosave, that is tried again.
//   form[data-progress=ID]    files go up with a <progress> and a text (data-sending, "{percent}") in that element.
//   textarea[data-limit=N]    how many characters are used is said in the element of its data-count: that one's data-said
//                             ("{n}"), or data-over when there are too many. The server says it too when it is sent.
//   button[data-copy=ID]      shown, and copies that element's text; data-copied is said when done.
'use strict';
(() => {
    const pause = 2000; // ms without typing before a draft is saved

    const say = (id, text, failed = false) => {
        const element = id && document.getElementById(id);
        if (!element) return;
        element.classList.toggle('failed', Boolean(failed));
        element.textContent = text || '';
    };

    /** The form's fields as a form body, without files. */
    const fieldsOf = (form) => {
        const body = new URLSearchParams();
        for (const [name, value] of new FormData(form)) {
            if (typeof value === 'string') body.append(name, value);
        }
        return body;
    };

    const startAutosave = (form) => {
        const { autosave: url, status, saving, saved, failed, conflict, gone } = form.dataset;
        const settled = () => { form.dataset.dirty = ''; };
        let timer = 0;
        let running = null;
        let stopped = false;
        const unsaved = form.dataset.dirty === 'yes';
        let sent = unsaved ? '' : fieldsOf(form).toString();

        const save = async () => {
            clearTimeout(timer);
            if (stopped) return;
            if (running) { await running; }
            const body = fieldsOf(form);
            const asSent = body.toString();
            if (asSent === sent) return settled();
            say(status, saving);
            running = fetch(url, { method: 'POST', body, headers: { Accept: 'application/json' }, redirect: 'error' });
            try {
                const reply = await running;
                if (reply.status === 409) {
                    stopped = true;
                    return say(status, conflict || failed, true);
                }
                if ([401, 403, 404].includes(reply.status)) {
                    stopped = true;
                    return say(status, gone || failed, true);
                }
                const isJson = (reply.headers.get('Content-Type') || '').includes('json');
                const answer = isJson ? await reply.json() : {};
                if (reply.status === 422 && answer.error) return say(status, answer.error, true);
                if (!reply.ok) throw new Error(String(reply.status));
                const version = form.elements.namedItem('version');
                if (answer.version !== undefined && version) version.value = answer.version;
                const typedMeanwhile = unversioned(fieldsOf(form)) !== unversioned(new URLSearchParams(asSent));
                sent = typedMeanwhile ? '' : fieldsOf(form).toString();
                if (!typedMeanwhile) settled();
                say(status, answer.status || saved, answer.closed);
                if (typedMeanwhile) timer = setTimeout(save, pause);
            } catch {
                say(status, failed, true);
                timer = setTimeout(save, pause * 5);
            } finally {
                running = null;
            }
        };
        const unversioned = (body) => { body.delete('version'); return body.toString(); };

        form.addEventListener('input', () => {
            clearTimeout(timer);
            timer = setTimeout(save, pause);
        });
        form.addEventListener('submit', () => { stopped = true; clearTimeout(timer); });
        document.addEventListener('visibilitychange', () => {
            if (document.visibilityState === 'hidden') save();
        });
        if (unsaved) timer = setTimeout(save, pause);
    };

    const startUnsaved = (form) => {
        form.addEventListener('input', () => { form.dataset.dirty = 'yes'; });
        form.addEventListener('submit', () => { form.dataset.dirty = ''; });
        window.addEventListener('beforeunload', (event) => {
            if (form.isConnected && form.dataset.dirty === 'yes') event.preventDefault();
        });
    };

    /** A button without a formaction still has the property: the page's own address. */
    const addressOf = (button, form) => (button?.hasAttribute('formaction') ? button.formAction : form.action);

    const startProgress = (form) => {
        const place = document.getElementById(form.dataset.progress);
        if (!place) return;
        form.addEventListener('submit', (event) => {
            const inputs = [...form.querySelectorAll('input[type=file]')];
            if (event.defaultPrevented || !inputs.some((input) => input.files.length)) return;
            event.preventDefault();
            const bar = document.createElement('progress');
            bar.max = 100;
            const text = document.createElement('p');
            text.setAttribute('role', 'status');
            bar.setAttribute('aria-label', form.dataset.label || document.title);
            place.replaceChildren(bar, text);
            const stay = (why) => {
                bar.remove();
                text.className = 'save-state failed';
                text.textContent = why;
            };
            const body = new FormData(form, event.submitter);
            const request = new XMLHttpRequest();
            request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
                if (!lengthComputable) return;
                bar.value = Math.floor((100 * loaded) / total);
                // Said in steps of ten: a screen reader would otherwise never stop talking.
                const sentence = (form.dataset.sending || '{percent} %').replace('{percent}', String(bar.value - (bar.value % 10)));
                if (text.textContent !== sentence) text.textContent = sentence;
            });
            request.addEventListener('load', () => {
                const asked = new URL(addressOf(event.submitter, form), location.href).href;
                if (request.responseURL && request.responseURL !== asked) return location.assign(request.responseURL);
                const page = pageOf(request.responseText);
                // One that gives nothing of what was typed back must not take it away: the form stays, and says why.
                if (request.status >= 400 && !page.querySelector('main form, main textarea'))
                    return stay([page.querySelector('h1')?.textContent, form.dataset.kept].filter(Boolean).join('. '));
                showPage(page);
            });
            request.addEventListener('error', () => stay(form.dataset.failed || ''));
            request.open('POST', addressOf(event.submitter, form));
            request.send(body);
        });
    };

    /** Shows an answer that came to a script as the page it is: the form again, with its error summary. */
    const pageOf = (html) => new DOMParser().parseFromString(html, 'text/html');
    const showPage = (page) => {
        document.title = page.title;
        document.body.replaceWith(document.adoptNode(page.body));
        window.scrollTo(0, 0);
        if (window.DKFDS) window.DKFDS.init();
        start();
        document.querySelector('[role=alert], h1')?.focus();
    };

    const startCount = (area) => {
        const place = document.getElementById(area.dataset.count);
        const limit = Number(area.dataset.limit);
        if (!place) return;
        const number = new Intl.NumberFormat(document.documentElement.lang);
        const show = () => {
            let used = 0;
            for (const each of area.value) if (each) ++used; // characters as the server counts them, not UTF-16 units
            const over = used > limit;
            place.textContent = ((over ? place.dataset.over : place.dataset.said) || '').replace('{n}', number.format(over ? used - limit : used));
            place.classList.toggle('failed', over);
            // Read aloud only where it begins to matter.
            place.setAttribute('aria-live', used > 0.9 * limit ? 'polite' : 'off');
        };
        area.addEventListener('input', show);
        show();
    };

    const startCopy = (button) => {
        if (!navigator.clipboard) return;
        button.hidden = false;
        button.addEventListener('click', async () => {
            const from = document.getElementById(button.dataset.copy);
            await navigator.clipboard.writeText(('value' in from ? from.value : from.textContent).trim());
            let said = button.nextElementSibling;
            if (!said || !said.matches('[data-said]')) {
                said = document.createElement('span');
                said.setAttribute('role', 'status');
                said.dataset.said = '';
                button.after(said);
            }
            said.textContent = button.dataset.copied || '';
        });
    };

    const start = () => {
        document.querySelectorAll('[data-script]').forEach((promise) => { promise.hidden = false; });
        document.querySelectorAll('form[data-autosave]').forEach(startAutosave);
        document.querySelectorAll('form[data-unsaved]').forEach(startUnsaved);
        document.querySelectorAll('form[data-progress]').forEach(startProgress);
        document.querySelectorAll('textarea[data-limit]').forEach(startCount);
        document.querySelectorAll('button[data-copy]').forEach(startCopy);
        // The error summary takes the focus once, so that it is read out first.
        document.querySelector('.alert-error[tabindex="-1"]')?.focus();
    };
    start();
})();
