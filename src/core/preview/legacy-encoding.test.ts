import { expect, test } from 'vitest'
import { findEncoding } from './text-encoding.ts'

/** A text, how it is encoded, and its bytes. */
const samples = [
  [
    'Japanese in Shift-JIS',
    'shift_jis',
    '品目,数量,備考',
    'lWmW2iyQlJfKLJT1jWwKguiC8YKyLDEyLILGgsSC4IKogqKCtYKigsWCt4FCCoNSgVuDcYFbLDMsjd2MyYKqgqCC6ILcgrmC8Qo=',
  ],
  [
    'Japanese in EUC',
    'euc-jp',
    '品目,数量,備考',
    'ycrM3Cy/9M7MLMj3uc0KpOqk86S0LDEyLKTIpMak4qSqpKSkt6SkpMekuaGjCqWzobyl0qG8LDMsut+4y6SspKKk6qTepLuk8wo=',
  ],
  ['Korean', 'euc-kr', '품목,수량', 'x7C48Sy89reuCrvnsPosMTIKv8C0w8C6ILOvvr6woSC4xb/sIMHBvcC0z7TZLiCwqLvnx9W0z7TZLgo='],
  [
    'simplified Chinese',
    'gb18030',
    '项目,数量',
    'z+7EvyzK/cG/Csa7ufssMTIKvfHM7LXEzOzG+LfHs6O6wyzO0sPH0rvG8MiluavUsMmisr2howo=',
  ],
  [
    'traditional Chinese',
    'big5',
    '項目,數量',
    'trWl2Cy8xrZxCsSrqkcsMTIKpLWk0aq6pNGu8KtEsWCmbiyn2q3MpECwX6VopL226bSyqEKhQwo=',
  ],
  [
    'Russian in Windows’ manner',
    'windows-1251',
    'Товар,Количество',
    '0u7i4PAsyu7r6Pfl8fLi7grf4evu6ugsMTIK0eXj7uTt/yDu9+Xt/CD17vDu+OD/IO/u4+7k4C4K',
  ],
  [
    'Russian in KOI8',
    'koi8-r',
    'Товар,Количество',
    '9M/XwdIs68/Myd7F09TXzwrxwszPy8ksMTIK88XHz8TO0SDP3sXO2CDIz9LP28HRINDPx8/EwS4K',
  ],
  [
    'French',
    'windows-1252',
    'Référence;Quantité;Prix à l’unité',
    'Uulm6XJlbmNlO1F1YW50aXTpO1ByaXgg4CBsknVuaXTpCsl06TszO2TpauAgdmVuZHUgb/kg52EK',
  ],
  ['German', 'windows-1252', 'Größe;Stück', 'R3L232U7U3T8Y2sKNTtzY2j2bmUgR3L832UgYXVzIEv2bG4K'],
] as const

test.each(samples)('finds the encoding of %s: %s', (_, encoding, firstLine, bytes) => {
  const content = new Uint8Array(Buffer.from(bytes, 'base64'))
  expect(findEncoding(content, true)).toBe(encoding)
  expect(new TextDecoder(encoding).decode(content).split('\n')[0]).toBe(firstLine)
})

test.each(samples)('a part of %s that ends within a character is %s too', (_, encoding, __, bytes) => {
  const whole = new Uint8Array(Buffer.from(bytes, 'base64'))
  // The last byte that is above ASCII, cut from what comes before it.
  const cut = whole.findLastIndex((byte) => byte > 127)
  expect(findEncoding(whole.subarray(0, cut), false)).toBe(encoding)
})

test('a few accents, or a line of a drawing, are taken for Western', () => {
  for (const text of ['Zoë', '50 °C ± 2', '«»'.repeat(20), 'ÀÉÎÕÜ ÀÉÎÕÜ'])
    expect(findEncoding(new Uint8Array(Buffer.from(text, 'latin1')), true)).toBe('windows-1252')
})
