// The surveys both sides show, as SurveyJS defines them.
const faces = (name, title) => ({type: 'rating', name, title, rateType: 'smileys', rateCount: 4, rateMax: 4,
                                 displayMode: 'buttons', scaleColorMode: 'colored',
                                 minRateDescription: 'Kém', maxRateDescription: 'Rất tốt'});
export const topics = ['Cổng thông tin này', 'Thái độ của cán bộ tiếp dân', 'Thời gian giải quyết hồ sơ', 'Sự rõ ràng của thủ tục',
                'Biển chỉ dẫn trong trụ sở', 'Lệ phí phải nộp', 'Việc trả kết quả đúng hẹn'];
const kinds = [
    () => ({type: 'text'}),
    () => ({type: 'text', inputType: 'number', validators: [{type: 'numeric', minValue: 0, maxValue: 150}]}),
    () => ({type: 'radiogroup', choices: ['Có', 'Không', 'Không biết', 'Không trả lời']}),
    () => ({type: 'checkbox', choices: ['Rõ ràng', 'Nhanh', 'Thân thiện', 'Đúng hẹn', 'Chưa hài lòng']}),
    () => ({type: 'dropdown', choices: Array.from({length: 20}, (_, i) => `Xã số ${i + 1}`)}),
    () => ({type: 'comment'}),
];
const thousand = Array.from({length: 1000}, (_, i) => ({
    ...kinds[i % kinds.length](),
    name: `q${i + 1}`,
    title: `Câu hỏi số ${i + 1}: ${topics[i % topics.length]}?`,
    ...(i % 10 === 9 ? {visibleIf: `{q${i}} notempty`} : {}),
    ...(i % 25 === 0 ? {isRequired: true} : {}),
}));

export const surveys = {
    poll: {locale: 'vi', title: 'Ý kiến của người dân', widthMode: 'responsive', pages: [
        {name: 'page', elements: [faces('rating', 'Bạn đánh giá như thế nào về cổng thông tin này?')]}]},
    pages: {locale: 'vi', title: 'Tự đánh giá', showProgressBar: true, pages: topics.map((topic, i) => (
        {name: `page${i}`, elements: [faces(`q${i}`, `${topic} như thế nào?`)]}))},
    thousand: {locale: 'vi', title: '1.000 câu hỏi', showProgressBar: true,
               pages: Array.from({length: 50}, (_, page) => (
                   {name: `page${page}`, elements: thousand.slice(page * 20, page * 20 + 20)}))},
};
