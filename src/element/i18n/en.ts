/** Every text a person reads or hears. `{name}` stands for a value. A key, once published, stays (see the README). */
export const en = {
  // what is going on
  stepSignIn: 'Step 1 of 2: Sign in with CHeKT',
  stepConnect: 'Step 2 of 2: Connect {platform}',
  loading: 'Checking your sign-in…',
  connectedTo: 'Connected to {platform}',
  disconnectFrom: 'Disconnect from {platform}?',

  // your sign-in
  signInMissing: 'Nobody is signed in to CHeKT yet. Sign in as a dealer admin of your company.',
  signInExpired: 'Your sign-in has ended. Sign in again to continue.',
  signIn: 'Sign in with CHeKT',
  yourSignIn: 'Your sign-in',
  signedIn: 'You are signed in to CHeKT.',
  signedInAs: 'Signed in as',
  signedInFor: 'Company',
  signInLasts: 'This sign-in',
  timeLeft: '{time} left',
  // a language with more plural forms adds `second.few` and the like, by the names of Intl.PluralRules
  'second.one': '{count} second',
  'second.other': '{count} seconds',
  'minute.one': '{count} minute',
  'minute.other': '{count} minutes',
  'hour.one': '{count} hour',
  'hour.other': '{count} hours',
  ended: 'has ended',
  switchAccount: 'Not you? Use another account',

  // what Connect gives
  whatConnectGives: 'What Connect gives',
  grant:
    '{platform} can then work with your company’s CHeKT account on its own, even when nobody is signed in, until you disconnect.',
  platformAccount: 'Your {platform} account',
  permission: '{verbs} {resource}',
  list: '{items} and {last}',
  comma: ', ',
  otherPermission: 'Other permission: {name}',
  'verb.read': 'view',
  'verb.create': 'add',
  'verb.update': 'change',
  'verb.delete': 'delete',
  'resource.dealer': 'your company details',
  'resource.sites': 'sites',
  'resource.devices': 'devices',
  'resource.site_contacts': 'site contacts',
  'resource.monitoring_stations': 'monitoring stations',

  // the form
  companyName: 'Company name',
  companyNameHelp: 'Your company’s name as registered with CHeKT.',
  companyNameMissing: 'Enter the name of your company.',
  companyNameRefused: 'CHeKT didn’t accept this name. Enter your company’s name as registered with CHeKT.',
  connect: 'Connect {platform}',
  connecting: 'Connecting…',
  stillWorking: 'Still working. Please keep this page open.',
  checkAgain: 'Check again',
  tryAgain: 'Try again',
  tryAgainIn: 'Try again in {time}.',

  // connected
  connectedNow: '{company} is connected to {platform}.',
  nameDiffers: 'You entered “{typed}”, but “{company}” is the name registered with CHeKT.',
  dealerDiffers: 'You signed in for CHeKT dealer {signedIn}, but {connected} is connected.',
  bindingLost: '{company} is no longer connected to {platform}.',
  bindingUnreachable:
    '{platform} can’t reach {company} in CHeKT any more. It may have been disconnected there.',
  accessInPortal: 'Access can be removed in CHeKT’s Dealer Portal.',
  dealerId: 'CHeKT dealer ID',
  address: 'Address',
  email: 'Email',
  phone: 'Phone',
  connectedOn: 'Connected on',
  connectedBy: 'Connected by',
  notYourCompany: 'Not your company?',
  disconnectFirst: 'Disconnect it, then sign in with another account.',
  askToDisconnect: 'To disconnect, contact {platform}.',

  // disconnect
  disconnect: 'Disconnect',
  disconnectLoses:
    '{platform} will lose access to {company} in CHeKT, and its work for your sites may stop. You can connect again at any time.',
  keepConnected: 'Keep connected',
  disconnecting: 'Disconnecting…',
  disconnected: '{company} is disconnected from {platform}.',

  // what went wrong, by code and then by CHeKT's own code
  'error.configuration': 'CHeKT can’t be connected here right now. Please contact {platform}.',
  'error.unauthorized': 'CHeKT no longer accepts your sign-in. Sign in again to continue.',
  'error.unauthorized.login_required':
    'You’re signed out of {platform}. Sign in there again, then come back to this page.',
  'error.forbidden': 'CHeKT refused this. Please contact {platform} with the reference below.',
  'error.forbidden.permission_denied':
    'Your CHeKT account has no dealer admin rights. Ask your account administrator, or use another account.',
  'error.forbidden.access_denied':
    'You chose not to allow access, so nothing was connected. Sign in again to continue.',
  'error.forbidden.other_account':
    'You’re signed in to {platform} with another account. Switch back to this one there, then try again.',
  'error.not-found': 'CHeKT couldn’t find this company. Please contact {platform} with the reference below.',
  'error.conflict':
    'Your company or your {platform} account is already connected elsewhere. Please contact {platform}.',
  'error.conflict.sign_in_changed':
    'Your sign-in has changed, so nothing was sent with it. Check who is signed in, then connect again.',
  'error.conflict.idempotency_conflict': 'CHeKT is still working on your last try. Try again in a moment.',
  'error.invalid-request': 'CHeKT didn’t accept this. Check the company name, then try again.',
  'error.rate-limited': 'CHeKT is too busy right now.',
  'error.timeout': 'CHeKT didn’t answer in time.',
  'error.network': 'CHeKT couldn’t be reached. Check your internet connection.',
  'error.server': 'CHeKT has a problem right now. Try again in a few minutes.',
  'error.invalid-response':
    'CHeKT’s answer can’t be read. If this keeps happening, please contact {platform}.',
  signInCheckFailed:
    'Your sign-in couldn’t be checked. Try again. If this keeps happening, please contact {platform}.',
  outcomeUnknown:
    'We don’t know yet whether this went through. Checking again is safe: it won’t be done twice.',
  signInChanged:
    'Your sign-in has changed: {person} is signed in to CHeKT now. Nothing was sent with this sign-in. Check the company, then connect again.',
  earlierUnknown: 'We don’t know yet whether the try before that went through.',
  reference: 'Reference for support',
  copy: 'Copy',
  copied: 'Copied',
};
