// A file that is sent as soon as it is chosen: the hidden input gives way to the file's name, "Remove" brings it back.

export class Upload {
  constructor(group) {
    this.group = group;
    this.field = group.dataset.upload;
    this.wrapper = group.querySelector('.file-upload__wrapper');
    this.empty = this.wrapper.innerHTML;
    this.key = '';
    this.offer();
  }

  offer() {
    this.key = '';
    this.wrapper.innerHTML = this.empty;
    const input = this.wrapper.querySelector('input[type=file]');
    this.wrapper.querySelector('[data-attach]').addEventListener('click', () => input.click());
    this.wrapper.querySelector('[data-testid]').addEventListener('click', () => this.write());
    input.addEventListener('change', () => input.files[0] && this.send(input.files[0]));
  }

  async send(file) {
    const body = new FormData();
    body.append('field', this.field);
    body.append('file', file);
    this.wrapper.classList.add('file-upload__wrapper--busy');
    const { key, name, error } = await (await fetch('/harborlight/uploads', { method: 'POST', body })).json();
    this.wrapper.classList.remove('file-upload__wrapper--busy');
    this.group.dispatchEvent(new CustomEvent('uploaded', { bubbles: true, detail: { field: this.field, error: error || '' } }));
    if (error) return;
    this.key = key;
    this.replace('file-upload__filename', Object.assign(document.createElement('p'), { textContent: name }), 'Remove file');
  }

  write() {
    const text = Object.assign(document.createElement('textarea'), { id: `${this.field}_text`, className: 'input', rows: 6 });
    text.setAttribute('aria-label', 'Enter manually');
    this.replace('file-upload__text', text, 'Close');
    text.focus();
  }

  replace(className, content, back) {
    const box = Object.assign(document.createElement('div'), { className });
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'icon-button', textContent: '×' });
    button.setAttribute('aria-label', back);
    button.addEventListener('click', () => this.offer());
    box.append(content, button);
    this.wrapper.replaceChildren(box);
  }
}
