import { expect } from '@open-wc/testing';
import { embed, textOf } from '../element/fixture.js';
import { createWire } from '../wire/wire.js';
import { added, languagesAdded, plain } from './languages.js';

/** What a dealer admin reads in each state. */
const expected = {
  es: {
    unauthorized: [
      'Conectar CHeKT con Northwind Cloud',
      'Inicie sesión como administrador de distribuidor',
      'Conecte su empresa con la cuenta Acme, Springfield en Northwind Cloud.',
    ],
    authorized: ['Nombre de la empresa', '¿No es usted?', 'Esta sesión termina en 4 minutos.'],
    connecting: 'Conectando…',
    refused: [
      'Solo un administrador de distribuidor puede conectar CHeKT',
      'que abra esta página',
      'Datos para el soporte',
    ],
    connected: [
      'CHeKT está conectado',
      'Acme, Inc. tiene conexión con la cuenta Acme, Springfield en Northwind Cloud.',
      'Desde el 2 de marzo de 2026',
    ],
    confirming: ['¿Desconectar CHeKT de Northwind Cloud?', 'perderá el acceso a Acme, Inc. en CHeKT'],
    waiting: 'Podrá intentarlo de nuevo en 20 segundos.',
  },
  fr: {
    unauthorized: [
      'Connecter CHeKT à Northwind Cloud',
      'Ouvrez une session d’administrateur concessionnaire',
      'Connectez votre entreprise au compte Acme, Springfield dans Northwind Cloud.',
    ],
    authorized: ['Nom de l’entreprise', 'Ce n’est pas vous?', 'Cette session se termine dans 4 minutes.'],
    connecting: 'Connexion en cours…',
    refused: [
      'Seul un administrateur concessionnaire peut connecter CHeKT',
      'ouvrir cette page',
      'Détails pour le soutien',
    ],
    connected: [
      'CHeKT est connecté',
      'Acme, Inc. a une connexion au compte Acme, Springfield dans Northwind Cloud.',
      'Depuis le 2 mars 2026',
    ],
    confirming: ['Déconnecter CHeKT et Northwind Cloud?', 'perdra l’accès à Acme, Inc. dans CHeKT'],
    waiting: 'Vous pourrez réessayer dans 20 secondes.',
  },
  ko: {
    unauthorized: [
      'CHeKT를 Northwind Cloud에 연결',
      '딜러 관리자로 로그인해 주세요',
      '귀사의 CHeKT 계정을 Northwind Cloud의 Acme, Springfield 계정에 연결합니다.',
    ],
    authorized: ['회사명', '본인이 아니신가요?', '이 로그인은 4분 후에 만료됩니다.'],
    connecting: '연결하는 중…',
    refused: [
      '딜러 관리자만 CHeKT를 연결할 수 있습니다',
      '페이지 주소를 전달하고 로그인을 요청',
      '지원용 정보',
    ],
    connected: [
      'CHeKT가 연결되었습니다',
      'Acme, Inc.의 CHeKT 계정이 Northwind Cloud의 Acme, Springfield 계정에 연결되었습니다.',
      '연결일: 2026년 3월 2일',
    ],
    confirming: ['CHeKT와 Northwind Cloud의 연결을 해제할까요?', 'Acme, Inc. 계정을 이용할 수 없습니다'],
    waiting: '20초 후에 다시 시도할 수 있습니다.',
  },
} as const;

const accountName = 'Acme, Springfield';
const signedIn = async () => ({ access_token: 'abc', expires_in: 200, name: 'Dana Reyes' });

for (const lang of added) {
  describe(`in ${lang}, the element`, () => {
    before(languagesAdded);
    const words = expected[lang];

    it('asks to sign in', async () => {
      const { element } = embed({ lang, accountName, getAccessToken: async () => null });
      await element.ready;
      await element.updateComplete;
      for (const text of words.unauthorized) expect(textOf(element)).to.contain(text);
    });

    it('offers to connect, and says why that was refused', async () => {
      const error = { code: 'permission_denied', message: 'No.', request_id: 'req-1' };
      const wire = await createWire([{ hold: true, status: 403, json: { error } }]);
      const { element } = embed({ lang, accountName, getAccessToken: signedIn, apiBaseUrl: wire.baseUrl });
      await element.ready;
      await element.updateComplete;
      for (const text of words.authorized) expect(textOf(element)).to.contain(text);

      const refused = element.connect('Acme').catch(() => {});
      await wire.waitForRequests(1);
      await element.updateComplete;
      expect(element.shadowRoot!.querySelector('[role=status]')!.textContent!.trim()).to.equal(
        words.connecting,
      );

      await wire.release();
      await refused;
      await element.updateComplete;
      for (const text of words.refused) expect(textOf(element)).to.contain(text);
    });

    it('says how long to wait', async () => {
      const wire = await createWire([{ status: 429, headers: { 'Retry-After': '20' } }]);
      const getAccessToken = signedIn;
      const { element } = embed({
        lang,
        accountName,
        getAccessToken,
        apiBaseUrl: wire.baseUrl,
        timeout: 5_000,
      });
      await element.ready;
      await element.connect('Acme').catch(() => {});
      await element.updateComplete;
      expect(textOf(element)).to.contain(words.waiting);
    });

    it('shows what is connected, and asks before it disconnects', async () => {
      const binding = {
        dealerId: 12345,
        externalDealerId: 'adc-67890',
        companyName: 'Acme, Inc.',
        connectedAt: '2026-03-02T12:00:00Z',
      };
      const { element } = embed({ lang, accountName, binding, disconnectBaseUrl: '/chekt' });
      await element.ready;
      await element.updateComplete;
      for (const text of words.connected) expect(plain(textOf(element))).to.contain(text);
      element.shadowRoot!.querySelector<HTMLElement>('[part~=disconnect-button]')!.click();
      await element.updateComplete;
      for (const text of words.confirming) expect(textOf(element)).to.contain(text);
    });
  });
}
