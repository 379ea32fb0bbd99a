import type { ChektConnectElement } from '../../chekt-connect-element.js';
import type { Messages } from '../messages.js';

/** Korean. No particle that depends on the sound before it follows a placeholder: only 에, 에서, 의, 입니다 and nouns do. */
const ko = {
  stepSignIn: '2단계 중 1단계: CHeKT 로그인',
  stepConnect: '2단계 중 2단계: {platform} 연결',
  loading: '로그인 상태를 확인하는 중…',
  connectedTo: '{platform}에 연결됨',
  disconnectFrom: '{platform} 연결을 해제하시겠습니까?',

  signInMissing: '아직 CHeKT에 로그인하지 않았습니다. 귀사의 딜러 관리자 계정으로 로그인하십시오.',
  signInExpired: '로그인이 만료되었습니다. 계속하려면 다시 로그인하십시오.',
  signIn: 'CHeKT 로그인',
  yourSignIn: '로그인 정보',
  signedIn: 'CHeKT에 로그인되어 있습니다.',
  signedInAs: '로그인한 사람',
  signedInFor: '회사',
  signInLasts: '로그인 유효 시간',
  timeLeft: '{time} 남음',
  'second.one': '{count}초',
  'second.other': '{count}초',
  'minute.one': '{count}분',
  'minute.other': '{count}분',
  'hour.one': '{count}시간',
  'hour.other': '{count}시간',
  ended: '만료됨',
  switchAccount: '본인이 아닙니까? 다른 계정 사용',

  whatConnectGives: '연결하면 허용되는 사항',
  grant:
    '연결을 해제할 때까지, 로그인한 사람이 없어도 {platform}에서 귀사의 CHeKT 계정을 자체적으로 이용할 수 있습니다.',
  platformAccount: '귀사의 {platform} 계정',
  permission: '{resource} {verbs}',
  list: '{items} 및 {last}',
  comma: ', ',
  otherPermission: '기타 권한: {name}',
  'verb.read': '조회',
  'verb.create': '추가',
  'verb.update': '변경',
  'verb.delete': '삭제',
  'resource.dealer': '회사 정보',
  'resource.sites': '현장',
  'resource.devices': '장치',
  'resource.site_contacts': '현장 연락처',
  'resource.monitoring_stations': '관제 센터',

  companyName: '회사명',
  companyNameHelp: 'CHeKT에 등록된 귀사의 회사명입니다.',
  companyNameMissing: '회사명을 입력하십시오.',
  companyNameRefused: 'CHeKT에서 이 회사명을 확인할 수 없습니다. CHeKT에 등록된 회사명을 입력하십시오.',
  connect: '{platform} 연결',
  connecting: '연결하는 중…',
  stillWorking: '아직 처리하는 중입니다. 이 페이지를 닫지 마십시오.',
  checkAgain: '다시 확인',
  tryAgain: '다시 시도',
  tryAgainIn: '{time} 후에 다시 시도할 수 있습니다.',

  connectedNow: '{company} 계정이 {platform}에 연결되었습니다.',
  nameDiffers: '입력하신 회사명은 “{typed}”입니다. CHeKT에 등록된 회사명은 “{company}”입니다.',
  dealerDiffers: 'CHeKT 딜러 {signedIn}의 계정으로 로그인했지만 연결된 딜러는 {connected}입니다.',
  bindingLost: '{company} 계정의 {platform} 연결이 더 이상 없습니다.',
  bindingUnreachable:
    '{platform}에서 더 이상 CHeKT의 {company} 계정에 접근할 수 없습니다. CHeKT에서 연결이 해제되었을 수 있습니다.',
  accessInPortal: '접근 권한은 CHeKT의 Dealer Portal에서 제거할 수 있습니다.',
  dealerId: 'CHeKT 딜러 ID',
  address: '주소',
  email: '이메일',
  phone: '전화번호',
  connectedOn: '연결한 날짜',
  connectedBy: '연결한 사람',
  notYourCompany: '귀사가 아닙니까?',
  disconnectFirst: '연결을 해제한 후 다른 계정으로 로그인하십시오.',
  askToDisconnect: '연결을 해제하려면 {platform}에 문의하십시오.',

  disconnect: '연결 해제',
  disconnectLoses:
    '{platform}에서 더 이상 CHeKT의 {company} 계정을 이용할 수 없으며, 현장에 제공하던 서비스가 중단될 수 있습니다. 언제든지 다시 연결할 수 있습니다.',
  keepConnected: '연결 유지',
  disconnecting: '연결을 해제하는 중…',
  disconnected: '{company} 계정의 {platform} 연결이 해제되었습니다.',

  'error.configuration': '지금은 여기에서 CHeKT를 연결할 수 없습니다. {platform}에 문의하십시오.',
  'error.unauthorized': '이 로그인은 CHeKT에서 더 이상 유효하지 않습니다. 계속하려면 다시 로그인하십시오.',
  'error.unauthorized.login_required':
    '{platform}에서 로그아웃되었습니다. 다시 로그인한 후 이 페이지로 돌아오십시오.',
  'error.forbidden': 'CHeKT에서 요청을 거부했습니다. {platform}에 문의하여 아래 참조 번호를 알려 주십시오.',
  'error.forbidden.permission_denied':
    '귀하의 CHeKT 계정에는 딜러 관리자 권한이 없습니다. 계정 관리자에게 문의하거나 다른 계정을 사용하십시오.',
  'error.forbidden.access_denied':
    '접근을 허용하지 않기로 선택하여 연결되지 않았습니다. 계속하려면 다시 로그인하십시오.',
  'error.forbidden.other_account':
    '다른 계정으로 {platform}에 로그인되어 있습니다. {platform}에서 이 계정으로 전환한 후 다시 시도하십시오.',
  'error.not-found':
    'CHeKT에서 이 회사를 찾을 수 없습니다. {platform}에 문의하여 아래 참조 번호를 알려 주십시오.',
  'error.conflict':
    '귀사 또는 귀사의 {platform} 계정이 이미 다른 곳에 연결되어 있습니다. {platform}에 문의하십시오.',
  'error.conflict.sign_in_changed':
    '로그인이 변경되어 아무것도 전송되지 않았습니다. 로그인한 사람을 확인한 후 다시 연결하십시오.',
  'error.conflict.idempotency_conflict':
    'CHeKT에서 이전 요청을 아직 처리하는 중입니다. 잠시 후 다시 시도하십시오.',
  'error.invalid-request': 'CHeKT에서 이 정보를 처리할 수 없습니다. 회사명을 확인한 후 다시 시도하십시오.',
  'error.rate-limited': '지금은 CHeKT에 요청이 너무 많습니다.',
  'error.timeout': 'CHeKT에서 제시간에 응답하지 않았습니다.',
  'error.network': 'CHeKT에 연결할 수 없습니다. 인터넷 연결을 확인하십시오.',
  'error.server': '지금은 CHeKT에 문제가 있습니다. 몇 분 후에 다시 시도하십시오.',
  'error.invalid-response': 'CHeKT의 응답을 읽을 수 없습니다. 문제가 계속되면 {platform}에 문의하십시오.',
  signInCheckFailed:
    '로그인 상태를 확인할 수 없습니다. 다시 시도하고, 문제가 계속되면 {platform}에 문의하십시오.',
  outcomeUnknown: '처리되었는지 아직 확실하지 않습니다. 다시 확인해도 두 번 처리되지 않습니다.',
  signInChanged:
    '로그인이 변경되었습니다. 지금은 {person}님이 CHeKT에 로그인되어 있습니다. 이 로그인으로는 아무것도 전송되지 않았습니다. 회사를 확인한 후 다시 연결하십시오.',
  earlierUnknown: '그 전의 시도가 처리되었는지 아직 확실하지 않습니다.',
  reference: '지원용 참조 번호',
  copy: '복사',
  copied: '복사됨',
} satisfies Messages;

void globalThis.customElements
  ?.whenDefined('chekt-connect')
  .then((element) => (element as typeof ChektConnectElement).addMessages('ko', ko));
