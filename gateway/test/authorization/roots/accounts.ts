import { everybody, only, services, signedIn, signedInUnverified } from '../audience.js';
import type { Table } from '../table.js';

/** The accounts room. */
export const accounts: Table = {
  Query: {
    developmentMailbox: everybody,
    me: everybody,
    rightsSnapshot: services,
    sessions: signedIn,
    user: signedIn,
    users: only('SUPER_ADMIN', 'ADMIN', 'HR', 'SUPERVISOR'),
  },
  Mutation: {
    changePassword: signedIn,
    confirmUpload: signedIn,
    linkTelegram: signedIn,
    refreshSession: everybody,
    register: everybody,
    removeAvatar: signedIn,
    removePhone: signedIn,
    requestEmailVerification: signedInUnverified,
    requestPasswordReset: everybody,
    requestPhoneVerification: signedIn,
    requestUpload: signedIn,
    resetPassword: everybody,
    revokeSession: signedIn,
    setAvatar: signedIn,
    signIn: everybody,
    signInWithTelegram: everybody,
    signOut: everybody,
    signOutEverywhere: signedIn,
    unlinkTelegram: signedIn,
    updateProfile: signedIn,
    verifyEmail: signedInUnverified,
    verifyPhone: signedIn,
  },
  Subscription: {},
};
