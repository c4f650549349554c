import { visibleText } from '@cccd/core'
import { expect, it } from 'vitest'

it('writes controls, what turns text around and what does not show as codes, and nothing else', () => {
  expect(visibleText('A\u001b[2K\r\n\u009b\u007f')).toBe('A\\1B[2K\\0D\\0A\\C2\\9B\\7F')
  expect(visibleText('\u202e\u2066\u200b\u00ad\ufeff\u{e0041}\ufdd0')).toBe(
    '\\E2\\80\\AE\\E2\\81\\A6\\E2\\80\\8B\\C2\\AD\\EF\\BB\\BF\\F3\\A0\\81\\81\\EF\\B7\\90',
  )
  const shown = `${'Nguyễn Đức Thử'.normalize('NFD')} ✓ 王 محمد Ελ \u00a0 \u{1f600} \\ ~`
  expect(visibleText(shown)).toBe(shown)
  expect(visibleText('a\u0000', (character) => `<${character.charCodeAt(0)}>`)).toBe('a<0>')
})
