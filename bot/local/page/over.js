// What comes up over everything else and goes again: notices, menus, pictures in full.

import { element } from './rich.js';

const $ = (id) => document.getElementById(id);

export function toast(words) {
  if (!words) return;
  $('toast').textContent = words;
  $('toast').classList.add('on');
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => $('toast').classList.remove('on'), Math.max(2200, words.length * 55));
}

export function notice(words) {
  $('notice').firstElementChild.textContent = words;
  if (!$('notice').open) $('notice').showModal();
}

export function popup(entries, x, y, owner) {
  const box = $('popup');
  const close = () => {
    box.hidden = true;
    owner?.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
  };
  const outside = (event) => { if (!box.contains(event.target)) close(); };
  box.replaceChildren(...entries.map(([label, act, note]) => {
    if (!act) return element('p', '', label);
    const entry = element('button', '', label, ...(note ? [element('small', '', note)] : []));
    entry.type = 'button';
    entry.setAttribute('role', 'menuitem');
    entry.onclick = () => { close(); act(); };
    return entry;
  }));
  box.hidden = false;
  owner?.setAttribute('aria-expanded', 'true');
  box.style.left = Math.max(8, Math.min(x, innerWidth - box.offsetWidth - 8)) + 'px';
  box.style.top = Math.max(8, Math.min(y, innerHeight - box.offsetHeight - 8)) + 'px';
  box.onkeydown = (event) => {
    const all = [...box.querySelectorAll('button')], at = all.indexOf(document.activeElement);
    if (event.key === 'Escape') { close(); (owner ?? $('text')).focus(); }
    else if (event.key === 'ArrowDown') all[(at + 1) % all.length].focus();
    else if (event.key === 'ArrowUp') all[(at - 1 + all.length) % all.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  box.querySelector('button')?.focus();
  document.addEventListener('pointerdown', outside, true);
}

export function look(source, words) {
  const image = $('viewer').querySelector('img');
  image.src = source;
  image.alt = words;
  $('viewer').showModal();
}

$('viewer').onclick = (event) => { if (event.target === $('viewer')) $('viewer').close(); };
