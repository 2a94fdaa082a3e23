/** No wallet has this address: 404. */
export class UserNotFound extends Error {}

/** The wallet holds less than is asked of it: 402. */
export class InsufficientBalance extends Error {}

/** The caller is no service of the platform: 401. */
export class Unauthorized extends Error {}

/** The request makes no sense: 400. */
export class BadRequest extends Error {}

/** Another run has already dealt with it. */
export class AlreadyDone extends Error {}
