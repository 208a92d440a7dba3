import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { CookieSite } from './session-cookie.js';

const SELF = ["'self'"];

/**
 * Nothing inline, nothing foreign, in no frame: what is typed into a name or a note can never run. Goes with every
 * answer, for an answer that nobody expected is the one that gets rendered.
 */
export const securityHeaders = async (server: FastifyInstance, { publicUrl }: CookieSite): Promise<void> => {
  const overTls = publicUrl.startsWith('https:');
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: SELF,
        styleSrc: SELF,
        imgSrc: [...SELF, 'data:'],
        fontSrc: SELF,
        connectSrc: SELF,
        manifestSrc: SELF,
        baseUri: ["'none'"],
        formAction: SELF,
        frameAncestors: ["'none'"],
        ...(overTls && { upgradeInsecureRequests: [] }),
      },
    },
    hsts: overTls,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
};
