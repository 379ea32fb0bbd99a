import { expect } from '@open-wc/testing';
import { en } from '../../src/element/i18n/en.js';
import { Dictionary, type Messages } from '../../src/element/i18n/messages.js';
import { permissions } from '../../src/element/view/permissions.js';
import { added, languagesAdded, plain } from './languages.js';

const keys = Object.keys(en) as (keyof typeof en)[];
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

/** The texts as in the language's file: without values, they keep their placeholders. */
const raw = (lang: string, overrides?: Partial<Messages>) =>
  new Dictionary({ lang, platform: '{platform}', overrides, redact: (text) => text });
const texts = (lang: string) => keys.map((key) => [key, raw(lang).text(key)] as const);

/** The keys and texts that match this pattern, so that a failure says what to fix. */
const found = (lang: string, pattern: RegExp) => texts(lang).filter(([, text]) => pattern.test(text));

describe('the texts of', () => {
  before(languagesAdded);

  for (const lang of added) {
    describe(lang, () => {
      it('are all there, and none is left in English', () => {
        const left = texts(lang).filter(([key, text]) => text.trim() === '' || text === en[key]);
        const same = ['permission'];
        expect(left.filter(([key]) => !same.includes(key))).to.deep.equal([]);
      });

      it('have the placeholders of the English text', () => {
        for (const [key, text] of texts(lang)) {
          expect(placeholders(text), key).to.deep.equal(placeholders(en[key]));
        }
      });

      it('name CHeKT as CHeKT does, wherever the English text does', () => {
        expect(found(lang, /chekt/i).filter(([, text]) => !text.includes('CHeKT'))).to.deep.equal([]);
        const missing = texts(lang).filter(
          ([key, text]) => en[key].includes('CHeKT') && !text.includes('CHeKT'),
        );
        expect(missing).to.deep.equal([]);
      });

      it('use no word that a dealer admin does not know', () => {
        expect(
          found(
            lang,
            /\b(token|scope|binding|ficha|alcance|jeton|portée|liaison|instal)|토큰|범위|바인딩|설치/i,
          ),
        ).to.deep.equal([]);
      });

      it('follow typographic conventions', () => {
        expect(found(lang, /'|"|\.\.\.| {2}|\n/)).to.deep.equal([]);
      });
    });
  }

  it('Canadian French have its spacing, and no word that would elide before a name', () => {
    expect(found('fr', /[^\u00a0]:|[\s\u00a0][?!;]|«[^\u00a0]|[^\u00a0]»/)).to.deep.equal([]);
    expect(found('fr', /(^|\s)(de|que|le|la|ce|au|du|jusque) \{(?!date)/i)).to.deep.equal([]);
  });

  it('Spanish have opening marks, and no word that changes with the name after it', () => {
    const unopened = texts('es').filter(
      ([, text]) => text.split('?').length !== text.split('¿').length || /!/.test(text),
    );
    expect(unopened).to.deep.equal([]);
    expect(found('es', /(^|\s)(y|o|el|la|del|al) \{(?!date|last)/i)).to.deep.equal([]);
    // `{last}` of `and` is one of these, before which "y" stays "y"
    const verbs = texts('es').filter(([key]) => key.startsWith('verb.'));
    expect(verbs).to.have.length(4);
    expect(verbs.filter(([, text]) => /^h?i/i.test(text))).to.deep.equal([]);
  });

  it('Korean have no particle that depends on the name before it', () => {
    expect(found('ko', /\}[”"]?(은|는|이|가|을|를|과|와|로|으로|이나|나)(?![가-힣])/)).to.deep.equal([]);
  });
});

describe('the English texts', () => {
  const sentences = texts('en')
    .map(([, text]) => text)
    .join('. ')
    .replace(/\{\w+\}/g, 'Northwind')
    .split(/[.?!:]+/)
    .map((sentence) => sentence.match(/[A-Za-z’]+/g) ?? [])
    .filter(({ length }) => length > 2);

  it('can be read after seven years of school, by the formula of Flesch and Kincaid', () => {
    const words = sentences.flat();
    const syllables = (word: string) =>
      word
        .toLowerCase()
        .replace(/(?:[^laeiouy]es|[^lt]ed|[^l]e)$/, '')
        .match(/[aeiouy]{1,2}/g)?.length ?? 1;
    const total = words.reduce((sum, word) => sum + syllables(word), 0);
    const grade = (0.39 * words.length) / sentences.length + (11.8 * total) / words.length - 15.59;
    expect(grade).to.be.within(3, 7.5);
  });

  it('are short and never say please', () => {
    expect(found('en', /please|sorry|oops/i)).to.deep.equal([]);
    expect(sentences.filter(({ length }) => length > 20)).to.deep.equal([]);
  });
});

describe('permissions in words', () => {
  before(languagesAdded);

  const scope =
    'read:dealer update:dealer read:sites create:sites update:sites delete:sites create:devices read:x';
  const expected = {
    es: [
      'Ver y modificar los datos de su empresa',
      'Ver, agregar, modificar y eliminar sus sitios',
      'Agregar sus dispositivos',
      'read:x',
    ],
    fr: [
      'Consulter et modifier les renseignements de votre entreprise',
      'Consulter, ajouter, modifier et supprimer vos sites',
      'Ajouter vos appareils',
      'read:x',
    ],
    ko: ['회사 정보 조회 및 수정', '현장 조회, 추가, 수정 및 삭제', '장치 추가', 'read:x'],
  };
  for (const lang of added) {
    it(`are grouped and ordered as ${lang} does`, () => {
      expect(permissions(scope, raw(lang)).map(plain)).to.deep.equal(expected[lang]);
    });
  }
});

describe('dates and durations', () => {
  before(languagesAdded);

  const noon = '2026-03-02 12:00:00';
  for (const [lang, date] of [
    ['en', 'March 2, 2026'],
    ['en-GB', '2 March 2026'],
    ['es-MX', '2 de marzo de 2026'],
    ['fr-CA', '2 mars 2026'],
    ['ko', '2026년 3월 2일'],
  ] as const) {
    it(`has dates as ${lang} writes them`, () => {
      expect(raw(lang).date(noon)).to.equal(date);
    });
  }

  for (const [lang, ...durations] of [
    ['en', '1 second', '42 minutes', '90 hours'],
    ['es', '1 segundo', '42 minutos', '90 horas'],
    ['fr-CA', '1 seconde', '42 minutes', '90 heures'],
    ['ko', '1초', '42분', '90시간'],
  ] as const) {
    it(`has durations as ${lang} says them`, () => {
      const dictionary = raw(lang);
      const shown = [900, 42 * 60_000, 90 * 3_600_000].map((ms) => plain(dictionary.duration(ms)));
      expect(shown).to.deep.equal(durations);
    });
  }

  it('has the digits and the plural forms of a language that a page brings', () => {
    const arabic = raw('ar-EG', en);
    expect(arabic.duration(5 * 60_000)).to.equal('٥ دقائق');
    expect(arabic.duration(42 * 60_000)).to.equal('٤٢ دقيقة');
  });
});
