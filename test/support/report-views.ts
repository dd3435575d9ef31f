/** For tests of the report room, which is handed the answers of another room and may not ask for them. */
export { reportViews } from '../../main/engine/case/report-views.ts';
