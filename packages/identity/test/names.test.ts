import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareNames, foldName, formatSex, normaliseText, parseSex, tidyAddress, toMrzName } from '../src/index.js'

describe('foldName', () => {
  it.each([
    ['NGUYỄN VĂN KIỂM THỬ', 'NGUYEN VAN KIEM THU'],
    ['Đặng Hoàng Ước Lượng', 'DANG HOANG UOC LUONG'],
    ['đỗ thị mỹ', 'DO THI MY'],
    ['ĂẮẰẲẴẶÂẤẦẨẪẬ ĐÊẾỀỂỄỆ ÔỐỒỔỖỘƠỚỜỞỠỢ ƯỨỪỬỮỰ ÍÌỈĨỊ ÝỲỶỸỴ', 'AAAAAAAAAAAA DEEEEEE OOOOOOOOOOOO UUUUUU IIIII YYYYY'],
    ["H'Hen Niê", 'HHEN NIE'],
    ['Y-Moan  Ênuôl', 'Y MOAN ENUOL'],
    ['Kà Hương', 'KA HUONG'],
  ])('%s is %s', (name, expected) => {
    expect(foldName(name)).toBe(expected)
    expect(foldName(name.normalize('NFD'))).toBe(expected)
  })

  it.each(['Nguyễn 2', 'Нгуен', '阮文'])('has no form for %s', (name) => expect(foldName(name)).toBeUndefined())
})

describe('toMrzName', () => {
  it('puts the first word first', () => {
    expect(toMrzName('Nguyễn Văn Thử')).toEqual({
      primary: 'NGUYEN',
      secondary: 'VAN THU',
      field: 'NGUYEN<<VAN<THU<<<<<<<<<<<<<<<',
      truncated: false,
    })
    expect(toMrzName('Đặng Hoàng Ước Lượng').field).toBe('DANG<<HOANG<UOC<LUONG<<<<<<<<<')
    expect(toMrzName('Thử').field).toBe('THU'.padEnd(30, '<'))
    expect(toMrzName('Nguyễn Văn Thử', { length: 39 }).field).toBe('NGUYEN<<VAN<THU'.padEnd(39, '<'))
  })

  it('cuts so that the last character is a letter (Doc 9303-3, 4.6)', () => {
    expect(toMrzName('Nguyễn Hoàng Phương Uyên Thảo')).toMatchObject({
      field: 'NGUYEN<<HOANG<PHUONG<UYEN<THAO',
      truncated: false,
    })
    expect(toMrzName('Nguyễn Hoàng Phương Uyên Thảo Vy')).toMatchObject({
      field: 'NGUYEN<<HOANG<PHUONG<UYEN<THAO',
      secondary: 'HOANG PHUONG UYEN THAO VY',
      truncated: true,
    })
    // the cut would end in a filler: a component before gives up a letter
    expect(toMrzName('Nguyễn Hoàng Phương Uyên Thy Vy').field).toBe('NGUYEN<<HOANG<PHUONG<UYEN<TH<V')
    expect(toMrzName('Nguyễn Hoàng Phương Uyênh A B').field).toBe('NGUYEN<<HOANG<PHUONG<UYENH<A<B')
    expect(toMrzName('Nguyễn Hoàng Phương Uyên A B Vy').field).toBe('NGUYEN<<HOANG<PHUONG<UYE<A<B<V')
    expect(toMrzName(`${'A'.repeat(40)} B C`).field).toBe(`${'A'.repeat(27)}<<B`)
    expect(toMrzName('A'.repeat(40))).toMatchObject({ field: 'A'.repeat(30), truncated: true })
  })

  it.each(['', '   ', '2', 'Nguyễn 3', '阮'])('refuses %j', (name) => expect(() => toMrzName(name)).toThrow('IDENTITY_NAME'))

  it('always fills the field with MRZ letters', () => {
    const word = fc.stringMatching(/^[A-Za-zĐđẮằỔữ]{1,12}$/)
    const lengths = fc.constantFrom(30, 31, 39)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 9 }), lengths, (words, length) => {
        const name = toMrzName(words.join(' '), { length })
        expect(name.field).toHaveLength(length)
        expect(name.field).toMatch(/^[A-Z]+(<<[A-Z]+(<[A-Z]+)*)?<*$/)
        if (name.truncated && words.some((one) => one.length > 1)) expect(name.field).toMatch(/[A-Z]$/)
        expect(compareNames(name.field, words.join(' '))).toBe('equal-after-normalisation')
      }),
    )
  })
})

describe('compareNames', () => {
  it.each([
    ['Nguyễn Văn Thử', 'Nguyễn Văn Thử', 'equal'],
    ['Nguyễn Văn Thử', 'NGUYỄN VĂN THỬ', 'equal-after-normalisation'],
    ['Nguyễn Văn Thử', 'Nguyễn Văn Thử'.normalize('NFD'), 'equal-after-normalisation'],
    ['Nguyễn Văn Thử', ' Nguyễn  Văn Thử ', 'equal-after-normalisation'],
    ['Trần Thị Hòa', 'Trần Thị Hoà', 'equal-after-normalisation'],
    ['Lê Thúy', 'Lê Thuý', 'equal-after-normalisation'],
    ['Nguyễn Văn Thử', 'NGUYEN VAN THU', 'equal-after-normalisation'],
    ['NGUYEN<<VAN<THU<<<<<<<<<<<<<<<', 'Nguyễn Văn Thử', 'equal-after-normalisation'],
    ['NGUYEN<<VAN<THU', 'Nguyễn Văn Thử', 'equal-after-normalisation'],
    ['Đặng Hoàng Ước Lượng', 'DANG<<HOANG<UOC<LUONG<<<<<<<<<', 'equal-after-normalisation'],
    ['NGUYEN<<HOANG<PHUONG<UYEN<TH<V', 'Nguyễn Hoàng Phương Uyên Thy Vy', 'equal-after-normalisation'],
    ['NGUYEN<<HOANG<PHUONG<UYEN<T<VY', 'Nguyễn Hoàng Phương Uyên Thy Vy', 'equal-after-normalisation'],
    ['NGUYEN<<HOANG<PHUONG<UYEN<THYX', 'Nguyễn Hoàng Phương Uyên Thy Vy', 'different'],
    ['Trần Thị Hoa', 'Trần Thị Hòa', 'different'],
    ['Trần Thị Hoa', 'Trần Hoa Thị', 'different'],
    ['Nguyễn Văn Thử', 'Nguyễn Thử', 'different'],
    ['NGUYEN<<VAN<THU<<<<<<<<<<<<<<<', 'Nguyễn Văn Thuận', 'different'],
    ['NGUYEN<<VAN', 'Nguyễn Văn Thử', 'different'],
    ['NGUYEN VAN THU', 'NGUYEN VAN THUY', 'different'],
    ['', 'Nguyễn', 'different'],
    ['<<<<', '', 'different'],
    ['Нгуен', 'NGUYEN', 'different'],
  ] as const)('%s, %s: %s', (a, b, expected) => {
    expect(compareNames(a, b)).toBe(expected)
    expect(compareNames(b, a)).toBe(expected)
  })

  it('never throws, and is symmetric', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(compareNames(a, b)).toBe(compareNames(b, a))
        expect(compareNames(a, a)).toBe('equal')
      }),
    )
  })
})

describe('sex and address', () => {
  it.each([
    ['Nam', 'male'],
    ['NAM', 'male'],
    ['Nữ', 'female'],
    ['nữ'.normalize('NFD'), 'female'],
  ] as const)('%s is %s', (text, sex) => {
    expect(parseSex(text)).toBe(sex)
    expect(parseSex(formatSex(sex))).toBe(sex)
  })

  it.each(['', 'X', 'Nu', 'Male', 'Nữu'])('refuses the sex %j', (text) => expect(() => parseSex(text)).toThrow('IDENTITY_SEX'))

  it.each([
    ['Tổ 5, , Phường Mẫu,  -  Hà Nội,', 'Tổ 5, Phường Mẫu, Hà Nội'],
    [', -, Xã Mẫu', 'Xã Mẫu'],
    ['Số 1 - 3 Phố Mẫu, Bà Rịa - Vũng Tàu', 'Số 1 - 3 Phố Mẫu, Bà Rịa - Vũng Tàu'],
    ['Hẻm 5-7,Phường Mẫu', 'Hẻm 5-7, Phường Mẫu'],
    ['', ''],
    [' , - , ', ''],
  ])('tidies %j', (address, tidy) => {
    expect(tidyAddress(address)).toBe(tidy)
    expect(tidyAddress(tidy)).toBe(tidy)
  })

  it('normalises to NFC', () => expect(normaliseText(' Nguyễn\t Văn '.normalize('NFD'))).toBe('Nguyễn Văn'))
})
