// SPDX-License-Identifier: AGPL-3.0-or-later
// What the reading program can be told to do, as functions of `window.reader`; driver.mjs calls them.

import '/engine/view.js'
import { FootnoteHandler } from '/engine/footnotes.js'

const EPUB = 'http://www.idpf.org/2007/ops'
const query = new URLSearchParams(location.search)
// What a person sets: the size of the type. Colours follow the system.
const settings = `html { color-scheme: light dark; font-size: ${query.get('size') ?? '100'}% }`
const dialog = document.querySelector('dialog')
const notes = new FootnoteHandler()
let view, at, settled

const wait = () => new Promise(resolve => { settled = resolve; setTimeout(resolve, 4000) })
const contents = () => view.renderer.getContents()[0]

notes.addEventListener('before-render', ({ detail }) => {
  dialog.replaceChildren(detail.view)
  dialog.showModal()
  detail.view.renderer.setAttribute('margin', '12px')
  detail.view.renderer.setStyles?.(settings)
})

async function open(file) {
  view = document.createElement('foliate-view')
  document.body.append(view)
  const data = await (await fetch(file)).blob()
  await view.open(new File([data], 'book.epub'))
  view.addEventListener('relocate', ({ detail }) => { at = detail; settled?.() })
  view.renderer.setAttribute('animated', '')
  view.renderer.removeAttribute('animated')
  view.renderer.setStyles(settings)
  await view.goToTextStart()
  return view.book.sections.map(section => ({ id: section.id, linear: section.linear }))
}

// Where we are: the file, how far, and the page of print.
const place = () => ({
  file: view.book.sections[contents().index].id,
  fraction: at?.fraction,
  label: at?.pageItem?.label ?? null,
  words: at?.range ? at.range.toString().trim().split(/\s+/).length : 0,
})

const next = async () => {
  const moved = wait()
  await view.next()
  await Promise.race([moved, new Promise(resolve => setTimeout(resolve, 250))])
  return place()
}
const back = async () => { await view.prev(); return place() }
const go = async target => { await view.goTo(target); return place() }

// Elements that are wider than the column that they stand in, and words that cannot be told from their ground.
function look() {
  const { doc } = contents()
  const root = doc.documentElement
  const column = parseFloat(doc.defaultView.getComputedStyle(root).columnWidth) || root.clientWidth
  const wide = [], dim = []
  const dark = matchMedia('(prefers-color-scheme: dark)').matches
  for (const element of doc.body.querySelectorAll('*')) {
    const style = doc.defaultView.getComputedStyle(element)
    if (style.visibility === 'hidden' || style.display === 'none') continue
    // A table of many columns cannot be narrow in huge type: https://www.w3.org/TR/WCAG22/#reflow leaves it out.
    if (query.get('size') > 200 && element.closest('table.wide')) continue
    const widest = Math.max(0, ...Array.from(element.getClientRects(), rect => rect.width))
    if (widest > column + 2) wide.push(`${element.localName}.${element.className} ${Math.round(widest)} > ${Math.round(column)}`)
    if (element.childNodes.length && Array.from(element.childNodes).some(node => node.nodeType === 3 && node.data.trim())) {
      const [r, g, b] = style.color.match(/[\d.]+/g).map(Number)
      const light = (0.299 * r + 0.587 * g + 0.114 * b) / 255
      // Links have the browser's own colours, which differ from the text's.
      if (!element.closest('a') && light > 0.5 !== dark) dim.push(`${element.localName} ${style.color}`)
      if (!/rgba\(0, 0, 0, 0\)|transparent/.test(style.backgroundColor)) dim.push(`${element.localName} on ${style.backgroundColor}`)
    }
  }
  return { wide, dim, column }
}

// The marks of notes on the page's file: their words and ids.
const calls = () => Array.from(contents().doc.querySelectorAll('a'))
  .filter(a => a.getAttributeNS(EPUB, 'type') === 'noteref')
  .map(a => ({ id: a.id, text: a.textContent, name: a.getAttribute('aria-label'), href: a.getAttribute('href') }))

// Touches a mark: the note opens in a window; gives its words.
function openNote(id) {
  return new Promise((resolve, reject) => {
    view.addEventListener('link', event => {
      notes.handle(view.book, event)?.catch(reject) ?? reject(new Error('not taken for a note'))
    }, { once: true })
    notes.addEventListener('render', ({ detail }) => {
      const { doc } = detail.view.renderer.getContents()[0]
      resolve({ type: detail.type, hidden: detail.hidden, text: doc.body.textContent.trim().replace(/\s+/g, ' ') })
    }, { once: true })
    contents().doc.getElementById(id).click()
    setTimeout(() => reject(new Error('no note')), 5000)
  })
}
const closeNote = () => { dialog.close(); dialog.replaceChildren() }

// Follows a link as a reader without windows does, and gives the ids that can then be seen.
async function follow(selector) {
  const link = contents().doc.querySelector(selector)
  const moved = wait()
  link.click()
  await moved
  await new Promise(resolve => setTimeout(resolve, 150))
  return { ...place(), shown: shown() }
}
const shown = () => {
  const { doc } = contents()
  const frame = doc.defaultView.frameElement.getBoundingClientRect()
  return Array.from(doc.querySelectorAll('[id]')).filter(element => {
    const rect = element.getBoundingClientRect()
    return rect.left + frame.left > -2 && rect.left + frame.left < innerWidth && rect.top < innerHeight
  }).map(element => element.id)
}

window.reader = { open, place, next, back, go, look, calls, openNote, closeNote, follow, shown }
