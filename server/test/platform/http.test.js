import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp } from '../support/app.ts';
import { onEachEngine } from '../support/engines.ts';
onEachEngine((kind) => {
    let app;
    beforeAll(async () => {
        app = await startApp(kind);
    });
    afterAll(() => app.close());
    it('says what it is to anybody', async () => {
        const { status, body } = await app.anonymous.get('/system');
        expect(status).toBe(200);
        expect(body).toMatchObject({ database: 'simulated', engine: kind });
    });
    it('answers an unknown address with a problem in the language that was asked for', async () => {
        const { status, body, headers } = await app.anonymous.get('/nowhere', { 'accept-language': 'en' });
        expect(status).toBe(404);
        expect(headers['content-type']).toContain('application/problem+json');
        expect(body).toMatchObject({ code: 'no_such_address', title: 'There is no such address.' });
    });
});
