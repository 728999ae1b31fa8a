// SPDX-License-Identifier: AGPL-3.0-or-later
// Turns the pages of an EPUB in headless Chromium and prints what was seen as JSON:
//   node driver.mjs CHROMIUM URL WIDTH HEIGHT light|dark SIZE SCREENSHOTS-PREFIX [ID-OF-A-CALL]
// The reading program of reader.html is at URL, with the book beside it.

import puppeteer from 'puppeteer-core'

const [executablePath, url, width, height, scheme, size, prefix, call] = process.argv.slice(2)
const MOST = 400

const browser = await puppeteer.launch({ executablePath, headless: true, args: ['--no-sandbox', '--font-render-hinting=none'] })
try {
  const page = await browser.newPage()
  const errors = []
  page.on('pageerror', error => errors.push(String(error)))
  page.on('console', message => { if (message.type() === 'error') errors.push(message.text()) })
  page.on('request', request => { if (!/^(?:http:\/\/(?:127\.0\.0\.1|localhost)|blob:|data:)/.test(request.url())) errors.push(`asks for ${request.url()}`) })
  // A telephone's screen is as small as what it shows.
  await page.setViewport({ width: Number(width), height: Number(height), isMobile: Number(width) < 480 })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
  await page.goto(`${url}/reader.html?size=${size}`)
  await page.waitForFunction('window.reader')
  const tell = (name, ...values) => page.evaluate((name, values) => window.reader[name](...values), name, values)
  const shoot = async name => { await page.screenshot({ path: `${prefix}-${name}.png` }) }

  const sections = await tell('open', '/book.epub')
  const places = [], looks = {}
  let last = ''
  for (let turned = 0; turned < MOST; turned++) {
    const place = await tell('place')
    if (JSON.stringify(place) === last) break
    last = JSON.stringify(place)
    places.push(place)
    if (!(place.file in looks)) {
      looks[place.file] = await tell('look')
      await shoot(place.file.split('/').pop().replace('.xhtml', ''))
    }
    await tell('next')
  }
  const seen = { sections, places, looks, errors }
  if (call) {
    const id = call.split('#')[1]
    const folder = sections[0].id.replace(/[^/]*$/, '')
    await tell('go', `${folder}${call}`)
    seen.calls = await tell('calls')
    const before = await tell('place')
    seen.note = await tell('openNote', id)
    await new Promise(resolve => setTimeout(resolve, 300))
    await shoot('note')
    await tell('closeNote')
    seen.jumped = await tell('follow', `#${id}`)
    await shoot('notes-page')
    seen.returned = await tell('follow', `a[role="doc-backlink"][href="${call}"]`)
    seen.before = before
  }
  console.log(JSON.stringify(seen))
} finally {
  await browser.close()
}
