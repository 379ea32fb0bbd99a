/** The subjects of the table `newest`: of what the sequence of the newest result, removal or erasure is kept. */

export const accountSubject = (account: string) => JSON.stringify([account]);

export const dealerSubject = (apiOrigin: string, dealerId: number) => JSON.stringify([apiOrigin, dealerId]);

/** The platform has removed the account's record or erased its people. */
export const removalSubject = (account: string) => JSON.stringify(['removal', account]);

/** The account's people were erased: what an operation that began before brings is committed with pseudonyms. */
export const erasureSubject = (account: string) => JSON.stringify(['erased', account]);
