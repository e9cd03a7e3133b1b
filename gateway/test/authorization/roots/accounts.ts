import { everybody, only, services, signedIn, signedInUnverified } from '../audience.js';
import type { Table } from '../table.js';

const staff = only('SUPER_ADMIN', 'ADMIN', 'HR', 'SUPERVISOR');

/** The accounts room. */
export const accounts: Table = {
  Query: {
    consentDocuments: everybody,
    consentHistory: signedIn,
    dataExport: signedIn,
    developmentMailbox: everybody,
    me: everybody,
    myDataExports: signedIn,
    rightsSnapshot: services,
    sessions: signedIn,
    user: signedIn,
    users: staff,
  },
  Mutation: {
    cancelAccountDeletion: signedInUnverified,
    changePassword: signedIn,
    changeRole: staff,
    confirmUpload: signedIn,
    createUser: staff,
    exportMyData: signedIn,
    linkTelegram: signedIn,
    refreshSession: everybody,
    register: everybody,
    removeAvatar: signedIn,
    removePhone: signedIn,
    requestAccountDeletion: signedInUnverified,
    requestEmailVerification: signedInUnverified,
    requestPasswordReset: everybody,
    requestPhoneVerification: signedIn,
    requestUpload: signedIn,
    resetPassword: everybody,
    restoreUser: staff,
    revokeSession: signedIn,
    setAvatar: signedIn,
    signIn: everybody,
    signInWithTelegram: everybody,
    signOut: everybody,
    signOutEverywhere: signedIn,
    suspendUser: staff,
    unlinkTelegram: signedIn,
    updateConsent: signedIn,
    updateProfile: signedIn,
    updateUser: staff,
    verifyEmail: signedInUnverified,
    verifyPhone: signedIn,
  },
  Subscription: {},
};
