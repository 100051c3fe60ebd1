/*
 * Copyright (C) the authors named in LICENSE
 *
 * The labels, as portals write them, parted by "|".  A label added here needs
 * its line in marker_index.c: "build/t/test_markers index" writes that file
 * anew from this one.
 */

#include "marker_table.h"


const article_label_group_t  article_label_groups[] = {
    { ARTICLE_MARKER_RELATED,
      0,
      "Tin cùng chuyên mục|Cùng chuyên mục|Bài cùng chuyên mục|"
      "Bài viết cùng chuyên mục|Các tin cùng chuyên mục|"
      "Tin bài cùng chuyên mục|Tin tức cùng chuyên mục|Bài viết cùng danh mục|"
      "Tin cùng danh mục|Cùng danh mục|Tin trong chuyên mục|"
      "Tin khác trong chuyên mục|Tin cùng mục|Cùng mục|Cùng tác giả|"
      "Bài cùng tác giả|Cùng chủ đề|Bài cùng chủ đề|Tin cùng chủ đề|"
      "Bài viết cùng chủ đề|Tin cùng loại|Cùng loại|Tin cùng sự kiện|"
      "Bài viết tương tự|Tin tương tự|Tin tức tương tự|Các tin khác|Tin khác|"
      "Tin tức khác|Các tin tức khác|Các bài khác|Bài khác|Bài viết khác|"
      "Các bài viết khác|Tin bài khác|Các tin bài khác|Những tin khác|"
      "Những bài khác|Thông tin khác|Văn bản khác|Những tin mới hơn|"
      "Những tin cũ hơn|Tin mới hơn|Tin cũ hơn|Các tin mới hơn|Các tin cũ hơn|"
      "Những bài mới hơn|Những bài cũ hơn|Bài mới hơn|Bài cũ hơn|"
      "Các bài mới hơn|Các bài cũ hơn|Bài viết mới hơn|Bài viết cũ hơn|"
      "Những tin mới|Các tin tiếp theo|Tin tiếp theo|Các tin trước|Tin trước|"
      "Tin sau|Các bài trước|Bài trước|Bài tiếp theo|Bài viết trước|"
      "Bài viết tiếp theo|Bài viết sau|Các tin đã đưa|Tin đã đưa|"
      "Các tin đã đăng|Tin đã đăng|Các bài đã đăng|Bài đã đăng|"
      "Những tin đã đưa|Những tin đã đăng|Có thể bạn quan tâm|"
      "Có thể bạn thích|Có thể bạn sẽ thích|Bạn có thể quan tâm|Có liên quan|"
      "Có thể quý vị quan tâm|Có thể bạn muốn xem|Other News|Other articles|"
      "Related|Related news|Related articles|Related posts|Related content|"
      "Related stories|You may also like|Recommended|Recommended for you|"
      "More news|More stories|See also|More from this section|See more|"
      "Câu hỏi liên quan|Kiến nghị liên quan|Video liên quan|Ảnh liên quan|"
      "Văn bản liên quan|Các bài viết cùng chuyên mục|"
      "Bài viết khác cùng chuyên mục|"
      "Tin khác cùng chuyên mục|Thông tin cùng chuyên mục|Tin cùng chuyên đề|"
      "Bài cùng chuyên đề|Cùng chuyên đề|Tin cùng chuyên trang|"
      "Tin cùng lĩnh vực|Tin tức cùng loại|Tin tức cùng chủ đề|"
      "Các tin cùng loại|Các tin bài cùng chuyên mục|"
      "Bản tin khác|Các bản tin khác|Các tin bài đã đưa|"
      "Các tin bài đã đăng|Tin bài đã đưa|Tin bài đã đăng|"
      "Các bài viết đã đăng|Tin bài mới hơn|Tin bài cũ hơn|"
      "Các tin bài mới hơn|Các tin bài cũ hơn|Các bài viết mới hơn|"
      "Các bài viết cũ hơn|Những bài viết khác|Những tin bài khác|"
      "Tin trước đó|Các tin trước đó|Đừng bỏ lỡ|Gợi ý cho bạn|Dành cho bạn|"
      "Tin đề xuất|Bài viết đề xuất" },

    { ARTICLE_MARKER_RELATED,
      ARTICLE_LABEL_COLON,
      "Tin liên quan|Các tin liên quan|Bài liên quan|Các bài liên quan|"
      "Tin bài liên quan|Bài viết liên quan|Các bài viết liên quan|"
      "Tin tức liên quan|Chuyên mục, tin tức liên quan|Thông tin liên quan|"
      "Nội dung liên quan|Chủ đề liên quan|Sự kiện liên quan|Liên quan|"
      "Tin tức - sự kiện liên quan|Xem thêm|Xem thêm tin|Xem thêm bài viết|"
      "Xem thêm các tin khác|Xem thêm tin khác|Đọc thêm|Đọc tiếp|Xem tiếp|"
      "Tham khảo thêm|Mời xem thêm|Mời đọc thêm|Mời bạn đọc thêm|"
      "Mời quý vị xem thêm|Mời bạn xem thêm|Xem chi tiết|Chi tiết|Đọc ngay|"
      "Xem ngay|Đọc thêm tại|Xem tất cả|Xem toàn bộ|Xem các tin khác|"
      "Read more|Read also|Continue reading|Also read" },

    { ARTICLE_MARKER_LATEST,
      0,
      "Tin mới|Tin mới nhất|Các tin mới|Các tin mới nhất|Bài mới|Bài mới nhất|"
      "Bài viết mới|Bài viết mới nhất|Mới nhất|Tin mới cập nhật|Mới cập nhật|"
      "Tin vừa đăng|Tin tức mới|Tin tức mới nhất|Tin giờ chót|Tin trong ngày|"
      "Tin mới đăng|Mới đăng|Tin nổi bật|Nổi bật|Tin tức nổi bật|Bài nổi bật|"
      "Bài viết nổi bật|Sự kiện nổi bật|Tin bài nổi bật|Nổi bật trong ngày|"
      "Chuyên đề nổi bật|Nổi bật trang chủ|Tin đọc nhiều|Đọc nhiều|"
      "Đọc nhiều nhất|Tin đọc nhiều nhất|Bài đọc nhiều|Bài đọc nhiều nhất|"
      "Bài được đọc nhiều nhất|Được đọc nhiều nhất|Được đọc nhiều|"
      "Tin được đọc nhiều nhất|Bạn đọc quan tâm|Nhiều người đọc|Xem nhiều|"
      "Xem nhiều nhất|Tin xem nhiều|Tin xem nhiều nhất|Bài xem nhiều|"
      "Bài xem nhiều nhất|Được xem nhiều nhất|Được xem nhiều|"
      "Tin được xem nhiều|Kiến nghị xem nhiều nhất|Lĩnh vực xem nhiều nhất|"
      "Tin tiêu điểm|Tiêu điểm|Tiêu điểm trong ngày|Tin nóng|Tin hot|"
      "Chủ đề nóng|Dòng sự kiện|Sự kiện|Tin quan tâm|Được quan tâm|"
      "Được quan tâm nhất|Quan tâm nhất|Điểm tin|Xu hướng đọc|Xu hướng|"
      "Tin quan trọng|Tin đáng chú ý|Tin tức - sự kiện|Most read|Most viewed|"
      "Most popular|Popular|Popular posts|Trending|Trending now|Latest|"
      "Latest news|Latest stories|Top stories|Editor's picks|Featured|"
      "Recent posts|Hot news|Breaking news|Tin mới nhận|Tin vừa nhận|"
      "Tin mới đưa|Vừa cập nhật|Tin vừa cập nhật|Tin bài mới|Tin bài mới nhất|"
      "Bản tin mới|Tin mới trong ngày|Video mới|Video mới nhất|Video nổi bật|"
      "Video xem nhiều|Video xem nhiều nhất|Clip mới|Clip mới nhất|"
      "Tin nổi bật trong ngày|Tin nổi bật trong tuần|Nổi bật trong tuần|"
      "Nổi bật nhất|Chủ đề nổi bật|Đọc nhiều trong ngày|Đọc nhiều trong tuần|"
      "Đọc nhiều trong tháng|Tin đọc nhiều trong ngày|"
      "Tin đọc nhiều trong tuần|Tin đọc nhiều trong tháng|"
      "Bài đọc nhiều trong tuần|Xem nhiều trong ngày|Xem nhiều trong tuần|"
      "Xem nhiều trong tháng|Tin xem nhiều trong tuần|Tin bài đọc nhiều|"
      "Tin bài đọc nhiều nhất|Tin bài xem nhiều|Tin bài xem nhiều nhất|"
      "Bài viết đọc nhiều|Bài viết đọc nhiều nhất|Bài viết xem nhiều|"
      "Bài viết xem nhiều nhất|Bài viết được xem nhiều|"
      "Bài viết được xem nhiều nhất|Tin được xem nhiều nhất|"
      "Tin được đọc nhiều|Tin được quan tâm|Tin được quan tâm nhất|"
      "Đang được quan tâm|Nhiều người quan tâm|Nhiều người xem|Phổ biến|"
      "Tin phổ biến|Bài viết phổ biến|Tin tiêu biểu|Tin chọn lọc|"
      "Most popular this week" },

    { ARTICLE_MARKER_BY_DATE,
      ARTICLE_LABEL_RUN,
      "Xem tin theo ngày|Xem theo ngày|Tin theo ngày|Xem bài theo ngày|"
      "Tìm theo ngày|Tìm tin theo ngày|Các tin đã đưa ngày|"
      "Các tin đã đưa theo ngày|Tin đã đưa ngày|Xem tin tiếp theo|"
      "Xem tin ngày|Xem tin ngày khác|Chọn ngày|Chọn ngày xem|"
      "Chọn ngày để xem tin|Tin trong ngày khác|Xem tin cũ|Lưu trữ theo ngày|"
      "Xem lại tin theo ngày" },

    { ARTICLE_MARKER_COUNTER,
      ARTICLE_LABEL_RUN,
      "Số lần đọc|Số lượt đọc|Lượt đọc|Lần đọc|Lượt xem|Số lượt xem|"
      "Số lần xem|Lần xem|Số người xem|Số lượt người xem|Lượt người xem|"
      "Tổng lượt|Tổng số lượt|Tổng lượt xem|Tổng số lượt xem|"
      "Tổng lượt xem bài viết là|Đã xem|"
      "Đã đọc|Người xem|Lượt tải|Số lượt tải|Lượt nghe|Bài viết có lượt xem|"
      "Số lượt truy cập|Lượt truy cập|Tổng lượt truy cập|"
      "Tổng số lượt truy cập|Tổng truy cập|Tổng số truy cập|Số truy cập|"
      "Truy cập|Thống kê truy cập|Thống kê|Bộ đếm truy cập|Bộ đếm|"
      "Đang truy cập|Đang online|Đang trực tuyến|Trực tuyến|"
      "Số người trực tuyến|Khách trực tuyến|Số người đang online|"
      "Người đang truy cập|Khách viếng thăm|Máy chủ tìm kiếm|"
      "Thành viên online|Lượt truy cập hôm nay|Số người truy cập|"
      "Khách truy cập|Hôm nay|Hôm qua|Tuần này|Tuần trước|Trong tuần|"
      "Trong tháng|Trong ngày|Trong năm|Tháng này|Tháng trước|Tháng hiện tại|"
      "Năm nay|Tất cả|View count|Views|View|Hits|Page views|Visitors|Online|"
      "Visits" },

    { ARTICLE_MARKER_RATING,
      ARTICLE_LABEL_RUN,
      "Đánh giá bài viết|Đánh giá|Đánh giá tin|Xếp hạng|Bạn đánh giá|"
      "Click để đánh giá|Click để đánh giá bài viết|phiếu bầu|Tặng sao|"
      "Đánh giá của bạn|Gửi đánh giá|Rating|Rate this" },

    { ARTICLE_MARKER_RATING,
      ARTICLE_LABEL_RUN | ARTICLE_LABEL_SHORT,
      "Tổng số điểm của bài viết|Mức độ hài lòng|Đánh giá sự hài lòng|"
      "Đánh giá mức độ hài lòng|Click để đánh giá bài|Ý kiến đánh giá" },

    { ARTICLE_MARKER_TOOLS,
      ARTICLE_LABEL_RUN,
      "Bản in|In bài|In bài viết|In bài viết này|In bài này|In tin|"
      "In tin này|In trang|In trang này|In ra|In nội dung|Trang in|Bản để in|"
      "Xem bản in|In|Gửi email|Gửi e-mail|Gửi mail|Gửi bài viết|"
      "Gửi bài viết qua email|Gửi bài viết này|Gửi cho bạn bè|Gửi cho bạn|"
      "Gửi bạn bè|Gửi tin|Gửi tin này|Gửi bài|Gửi tin qua email|"
      "Giới thiệu bài viết cho bạn bè|Giới thiệu cho bạn bè|Lưu bài viết|"
      "Lưu bài viết này|Lưu tin|Lưu bài|Lưu|Email bài viết|Chia sẻ|"
      "Chia sẻ bài viết|Chia sẻ bài viết này|Chia sẻ tin|Chia sẻ Facebook|"
      "Chia sẻ lên Facebook|Chia sẻ qua|Chia sẻ Zalo|Chia sẻ trên|"
      "Chia sẻ với bạn bè|Chia sẻ mạng xã hội|Sao chép liên kết|Sao chép|"
      "Copy link|Copy link thành công|Lấy link|Link bài gốc|Facebook|Twitter|"
      "Zalo|Google+|Zing Me|Print|Send email|Email this|Share|Share this|"
      "Tweet|Bookmark|Copy|Pinterest|LinkedIn|Telegram|Messenger|Quay lại|"
      "Trở lại|Trở về|Quay về|Trở lại trang trước|Quay lại trang trước|"
      "Về trang trước|Trang trước|Trang sau|Tiếp theo|Trở lên trên|Lên trên|"
      "Về đầu trang|Lên đầu trang|Đầu trang|Trở về đầu trang|"
      "Trở về trang chủ|Back to top|Back|Top|Next|Previous|Cỡ chữ|"
      "Tăng cỡ chữ|Giảm cỡ chữ|Kích thước chữ|Cỡ chữ lớn|Cỡ chữ nhỏ|"
      "Tương phản|Độ tương phản|Đen trắng|Đọc trang|A- A A+|A- A+|Chữ to|"
      "Chữ nhỏ|Chế độ đọc|Xem với cỡ chữ|Xuất PDF|Tải PDF|Theo dõi|Báo lỗi|"
      "Phản hồi bài viết|Đóng|Đóng cửa sổ này|URL của bản tin này|"
      "Đặt làm trang chủ|Theo dõi báo trên|Theo dõi chúng tôi trên|"
      "Theo dõi trên|Skip to Content|Truy cập nội dung luôn|"
      "Nhảy đến nội dung|Chuyển đến nội dung|Bỏ qua" },

    { ARTICLE_MARKER_ATTACHMENT,
      ARTICLE_LABEL_RUN | ARTICLE_LABEL_COLON,
      "File đính kèm|Tệp đính kèm|Tệp tin đính kèm|Tập tin đính kèm|"
      "Tài liệu kèm theo|Tài liệu đính kèm|Văn bản đính kèm|Văn bản kèm theo|"
      "Các file đính kèm|Các tệp đính kèm|Đính kèm|Tải về|Tải file|Tải tệp|"
      "Tải xuống|Tải văn bản|Tải tài liệu|Download|Download file|Attachments|"
      "Attachment|Xem / Tải về|Tải file đính kèm|Nội dung file|"
      "Xem chi tiết tại file|Tải về file đính kèm" },

    { ARTICLE_MARKER_COMMENT,
      ARTICLE_LABEL_RUN,
      "Bình luận|Viết bình luận|Gửi bình luận|Các bình luận|Ý kiến bạn đọc|"
      "Ý kiến độc giả|Gửi ý kiến|Gửi ý kiến của bạn|Ý kiến của bạn|Ý kiến|"
      "Phản hồi|Gửi phản hồi|Ý kiến phản hồi|Các ý kiến|Độc giả bình luận|"
      "Bạn đọc bình luận|Mã xác nhận|Mã bảo mật|Mã bảo vệ|Mã kiểm tra|"
      "Nhập mã|Họ và tên|Họ tên|Họ tên bạn|Nhập lại|Trả lời|Thích|"
      "Bình luận của bạn|Ý kiến bình luận|Thảo luận|Nội dung bình luận|"
      "Xóa bình luận|Nhập bình luận|Chưa có bình luận|Chưa có bình luận nào|"
      "Chưa có ý kiến nào|Tiêu đề bình luận|Bình luận về bài viết này|"
      "Bình luận hay nhất|Comments|Comment|Leave a comment|Leave a reply|"
      "Reply|Post a comment|Add a comment|Like|Gửi|Gửi đi|"
      "Nhập nội dung bình luận|Bình luận bằng Facebook|Bình luận Facebook|"
      "Hiển thị tất cả bình luận|Xem thêm bình luận" },

    { ARTICLE_MARKER_COMMENT,
      ARTICLE_LABEL_LONG,
      "Vui lòng nhập bình luận tiếng Việt có dấu|"
      "Vui lòng nhập tiếng Việt có dấu|Xin vui lòng gõ tiếng Việt có dấu|"
      "Vui lòng gõ tiếng Việt có dấu|Ý kiến của bạn sẽ được biên tập|"
      "Ý kiến của bạn sẽ được xét duyệt|Bạn cần đăng nhập để|"
      "Bình luận của bạn sẽ được" },

    { ARTICLE_MARKER_AUDIO,
      ARTICLE_LABEL_RUN,
      "Nghe bài viết|Nghe bài viết này|Nghe đọc bài|Nghe bài|Nghe audio|"
      "Nghe đọc bài viết|Đọc bài viết|Nghe tin|Giọng đọc|Nữ miền Bắc|"
      "Nam miền Bắc|Nữ miền Nam|Nam miền Nam|Nữ miền Trung|Nam miền Trung|"
      "Giọng nữ|Giọng nam|0:00 / 0:00|Tốc độ đọc|Nghe podcast|"
      "Nghe nội dung bài viết|Bấm để nghe|Tạm dừng" },

    { ARTICLE_MARKER_AUDIO,
      ARTICLE_LABEL_COLON,
      "Audio|File âm thanh" },

    { ARTICLE_MARKER_AUDIO,
      ARTICLE_LABEL_LONG,
      "Your browser does not support|Trình duyệt của bạn không hỗ trợ|"
      "Trình duyệt không hỗ trợ" },

    { ARTICLE_MARKER_TAGS,
      ARTICLE_LABEL_COLON,
      "Từ khóa|Từ khoá bài viết|Tags|Tag|Thẻ|Chủ đề|Từ khóa tìm kiếm|"
      "Các từ khóa|Keywords|Topics|Từ khóa liên quan|Nhãn" },

    { ARTICLE_MARKER_LINKS,
      0,
      "Liên kết website|Liên kết web|Website liên kết|Liên kết|"
      "Liên kết trang|Các liên kết|Liên kết nhanh|Liên kết trang web|"
      "Liên kết các website|Liên kết hữu ích|Liên kết khác|Trang liên kết|"
      "Web liên kết|Chọn liên kết|Chọn website|Cơ quan Đảng, Nhà nước|"
      "Cơ quan báo chí|Các trường Đại học, Cao đẳng|Website các đơn vị|"
      "Website đơn vị|Links|Useful links|Các trang liên kết|Liên kết ngoài|"
      "Website thành viên" },

    { ARTICLE_MARKER_WIDGET,
      0,
      "Thông tin thời tiết|Thời tiết|Dự báo thời tiết|Tỷ giá|Tỷ giá ngoại tệ|"
      "Tỷ giá hối đoái|Giá vàng|Giá vàng, ngoại tệ|Giá vàng - Tỷ giá|"
      "Tỷ giá - Giá vàng|Chứng khoán|Giá cả thị trường|Giá nông sản|"
      "Kết quả xổ số|Xổ số|Thủ tục hành chính|Dịch vụ công|"
      "Dịch vụ công trực tuyến|Văn bản mới|Văn bản mới ban hành|"
      "Văn bản pháp luật|Văn bản pháp quy|Văn bản chỉ đạo|Hệ thống văn bản|"
      "Hỏi đáp|Lịch công tác|Lịch làm việc|Lịch tiếp công dân|Lịch vạn niên|"
      "Lịch phát sóng|Thông báo|Quảng cáo|Thông tin quảng cáo|Góp ý|"
      "Hộp thư góp ý|Thông tin cần biết|Thông tin tiện ích|Tiện ích|"
      "Thông tin tuyên truyền|Đường dây nóng|Video|Videos|Video clip|Clip|"
      "Thư viện video|Thư viện ảnh|Thư viện hình ảnh|Thư viện|Ảnh|Hình ảnh|"
      "Hình ảnh hoạt động|Hình ảnh đẹp|Phóng sự ảnh|Album ảnh|Multimedia|"
      "Media|Podcast|Infographic|Infographics|E-magazine|Emagazine|"
      "No video found|Báo in|Đọc báo in|Truyền hình|Phát thanh|"
      "Truyền hình trực tuyến|Tin video|Đăng nhập|Đăng ký|Đăng xuất|Đăng kí|"
      "Thành viên đăng nhập|Quên mật khẩu|Tên đăng nhập|Mật khẩu|Ghi nhớ|"
      "Trang chủ|Trang nhất|Trang đầu|Home|Tìm kiếm|Tìm kiếm nâng cao|"
      "Tìm nâng cao|Tìm trong trang|Nhập từ khóa|Nhập từ khóa tìm kiếm|"
      "Search|Menu|Danh mục|Chuyên mục|Đóng menu|Thông tin liên hệ|Liên hệ|"
      "Login|Register|Sign in|Sign up|Subscribe|Newsletter|Advertisement|"
      "Advertising|Ads|Sponsored|Tài trợ|Skip navigation|Ngôn ngữ|English|"
      "Tiếng Việt|Vietnamese" },

    { ARTICLE_MARKER_POLL,
      0,
      "Thăm dò ý kiến|Thăm dò|Ý kiến thăm dò|Thăm dò dư luận|Biểu quyết|"
      "Bình chọn|Xem kết quả|Kết quả bình chọn|Lấy ý kiến|Trưng cầu ý kiến|"
      "Khảo sát|Khảo sát ý kiến|Gửi bình chọn|Poll|Vote" },

    { ARTICLE_MARKER_FOOTER,
      0,
      "Tín nhiệm mạng|Sơ đồ cổng|Sơ đồ website|Sơ đồ trang|Sơ đồ trang web|"
      "Sơ đồ site|Sơ đồ cổng thông tin|Site map|Sitemap|RSS|"
      "Liên hệ quảng cáo|Liên hệ tòa soạn|Đặt báo|Đặt báo dài hạn|"
      "Chính sách bảo mật|Điều khoản sử dụng|Privacy policy|Terms of use|"
      "Terms of service|Contact us|About us|Giới thiệu tòa soạn|"
      "Cookie policy|Quy chế hoạt động|Bản quyền|Copyright" },

    { ARTICLE_MARKER_FOOTER,
      ARTICLE_LABEL_COLON,
      "Tổng Biên tập|Phó Tổng Biên tập|Trưởng Ban biên tập|"
      "Phó Trưởng Ban biên tập|Ban biên tập|Thư ký tòa soạn|"
      "Thư ký ban biên tập|Trụ sở|Trụ sở chính|Tòa soạn|Trụ sở tòa soạn|"
      "Điện thoại|Số điện thoại|Điện thoại/Fax|Tel|Fax|Hotline|Email|E-mail|"
      "Website|Địa chỉ|Cơ quan chủ quản|Đơn vị quản lý|Đơn vị chủ quản|"
      "Đơn vị vận hành|Cơ quan thường trực|Giấy phép|Giấy phép xuất bản|"
      "Mail gửi tòa soạn|Văn phòng đại diện|Tổng Giám đốc|Giám đốc|ĐT|"
      "Liên hệ quảng cáo tại|Phát hành|Phụ trách|Người chịu trách nhiệm|"
      "Cơ quan quản lý|Webmaster|Web master|Thiết kế|Thiết kế bởi|"
      "Phát triển bởi|Xây dựng bởi|Phát triển và vận hành bởi" },

    { ARTICLE_MARKER_FOOTER,
      ARTICLE_LABEL_LONG,
      "Giấy phép số|Giấy phép xuất bản số|Giấy phép hoạt động|"
      "Giấy phép thiết lập|Giấy phép báo|Giấy phép trang|Giấy phép cung cấp|"
      "Giấy phép TTĐT|Bản quyền thuộc|Bản quyền của|Bản quyền nội dung|"
      "Bản quyền Báo|Giữ bản quyền|Ghi rõ nguồn|Đề nghị ghi rõ nguồn|"
      "Vui lòng ghi rõ nguồn|Yêu cầu ghi rõ nguồn|Chịu trách nhiệm nội dung|"
      "Chịu trách nhiệm chính|Chịu trách nhiệm|Chịu trách nhiệm xuất bản|"
      "Chịu trách nhiệm quản lý|All rights reserved|Powered by|Copyright by|"
      "Cấm sao chép dưới mọi hình thức|Không sao chép dưới mọi hình thức|"
      "Last updated|Khi phát hành lại thông tin|Designed by|Developed by" },

    { ARTICLE_MARKER_BYLINE,
      ARTICLE_LABEL_COLON,
      "Tác giả|Tác giả bài viết|Nhóm tác giả|Người viết|Bài viết|Bài|Tin|"
      "Bài, ảnh|Tin, ảnh|Tin và ảnh|Bài và ảnh|Tin, bài|Bài viết, ảnh|"
      "Thực hiện|Biên tập|Biên soạn|Phóng viên|Cộng tác viên|Author|"
      "Written by|Người tổng hợp|Tổng hợp|Nhóm thực hiện|Ảnh và bài|"
      "Bài và hình|Bài, hình|Tin, hình|Lược ghi|Người thực hiện|Dịch giả|"
      "Người dịch|Viết bởi|Tin, bài, ảnh" },

    { ARTICLE_MARKER_BYLINE,
      ARTICLE_LABEL_COLON | ARTICLE_LABEL_SOURCE,
      "Nguồn|Nguồn tin|Nguồn bài|Nguồn bài viết|Nguồn tham khảo|Source|"
      "Theo nguồn|Trích nguồn|Theo nguồn tin|Nguồn trích dẫn" },

    { ARTICLE_MARKER_BYLINE,
      ARTICLE_LABEL_COLON | ARTICLE_LABEL_NOBODY,
      "Người đăng|Người đăng tin|Người đăng bài|Người đăng bài viết|Đăng bởi|"
      "Người gửi|Posted by|Nguồn ảnh|Người tạo|Người nhập|Người cập nhật|"
      "Uploaded by|Ban quản trị|Quản trị viên|Quản trị|Admin|Admin admin|"
      "Administrator|Super User" },

    { ARTICLE_MARKER_DATE,
      ARTICLE_LABEL_RUN,
      "Ngày đăng|Ngày đăng tin|Ngày đăng bài|Đăng ngày|Đăng lúc|"
      "Ngày cập nhật|Cập nhật lúc|Cập nhật ngày|Cập nhật|Cập nhật lần cuối|"
      "Cập nhật mới nhất|Lần cập nhật cuối|Ngày xuất bản|Xuất bản|"
      "Xuất bản lúc|Thời gian đăng|Ngày gửi|Ngày viết|Ngày phát hành|"
      "Ngày tạo|Thời gian in|Ngày giờ|Publish date|Published|Published on|"
      "Posted on|Posted|Updated|Update|Date|Last update|Created|Modified|"
      "Ngày sửa|Sửa lần cuối" },

    { ARTICLE_MARKER_DATE,
      ARTICLE_LABEL_RUN | ARTICLE_LABEL_NEEDS,
      "Ngày|Thứ hai|Thứ ba|Thứ tư|Thứ năm|Thứ sáu|Thứ bảy|Chủ nhật" },

    /* no labels: bylines that name nobody, titles before a name */

    { ARTICLE_MARKER_NONE,
      ARTICLE_LABEL_NOBODY,
      "PV|P.V|CTV|BTV|BBT|Nhóm PV|Nhóm P.V|Nhóm phóng viên|Ban biên tập|"
      "Ban biên tập trang|Nhóm tác giả|Tổ phóng viên|Nhà báo|ThS|TS|PGS|GS|"
      "BS|LS|Thạc sĩ|Tiến sĩ|Bác sĩ|Luật sư|HT|TT|NSND|NSƯT|PGS.TS|GS.TS|"
      "Bạn đọc|Nhóm|Phóng viên|Thiền sư|Tỳ kheo|Hòa thượng|Thượng tọa|"
      "Đại đức|Ni sư|Nhà thơ|Nhà văn|Nhạc sĩ|Giáo sư|Phó Giáo sư|Đại tá|"
      "Thượng tá|Trung tá|Thiếu tá|Thiếu tướng|Trung tướng" },

    /* no labels: places, sections and newspapers written like names */

    { ARTICLE_MARKER_NONE,
      ARTICLE_LABEL_NAME_NOT,
      "An Giang|Bà Rịa|Vũng Tàu|Bạc Liêu|Bắc Giang|Bắc Kạn|Bắc Ninh|Bến Tre|"
      "Bình Định|Bình Dương|Bình Phước|Bình Thuận|Cà Mau|Cao Bằng|Cần Thơ|"
      "Đà Nẵng|Đắk Lắk|Đắk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|"
      "Hà Giang|Hà Nam|Hà Nội|Hà Nội Mới|Hà Tĩnh|Hải Dương|Hải Phòng|"
      "Hậu Giang|Hòa Bình|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|"
      "Lạng Sơn|Lào Cai|Lâm Đồng|Long An|Nam Định|Nghệ An|Ninh Bình|"
      "Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|"
      "Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|"
      "Thừa Thiên Huế|Tiền Giang|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|"
      "Yên Bái|Sài Gòn|Việt Nam|Trung Quốc|Hoa Kỳ|Nhật Bản|Hàn Quốc|"
      "Hồ Chí Minh|Bác Hồ|Liên Xô|Kinh Tế|Thời Sự|Chính Trị|Xã Hội|Văn Hóa|"
      "Giáo Dục|Thể Thao|Pháp Luật|Quốc Tế|Thế Giới|Đời Sống|Sức Khỏe|"
      "Du Lịch|Giải Trí|Công Nghệ|Quốc Phòng|An Ninh|Y Tế|Bạn Đọc|Trong Nước|"
      "Trong Tỉnh|Tin Tức|Tin Vắn|Nông Nghiệp|Công Nghiệp|Thương Mại|"
      "Xây Dựng Đảng|Môi Trường|Khoa Học|Lễ Hội|Nhân Dân|Lao Động|Tuổi Trẻ|"
      "Thanh Niên|Tiền Phong|Dân Trí|Đại Đoàn Kết|Người Lao Động|"
      "Sài Gòn Giải Phóng|Quân Đội Nhân Dân|Công An Nhân Dân|Dân Việt|"
      "Vietnam Net|Zing|Nhân Đạo|Theo|Kết Luận|Trung Ương|Thành Phố|"
      "Thành Tựu|Thành Ủy|Nghĩa Vụ|Bình Luận|Hải Quan|Hoa Hậu|Nam Bộ|"
      "Mỹ Thuật|Hải Quân|Quân Sự|Quân Đội|Thu Hút|Thanh Tra|Phương Án|"
      "Tiến Độ|Gia Đình|Kim Ngạch|Bảo Hiểm|Xuân Mới|Công An|Thị Trường|"
      "Văn Nghệ|Long Trọng|Thông Báo|Minh Bạch|Bảo Vệ|Tâm Sự|Trang Trọng" },

    /* no labels: family names */

    { ARTICLE_MARKER_NONE,
      ARTICLE_LABEL_FAMILY,
      "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|"
      "Lý|Đào|Đoàn|Trịnh|Đinh|Lâm|Phùng|Mai|Tô|Tạ|Hà|Lương|Cao|Thái|Chu|Lưu|"
      "Trương|Quách|Kiều|Vương|La|Triệu|Nghiêm|Thạch|Tống|Tăng|Châu|Doãn|"
      "Khuất|Ninh|Giang|Lã|Vi|Quan|Diệp|Hứa|Mạc|Nông|Hầu|Bạch|Âu|Sầm|Thân|"
      "Đồng|Phí|Bế|Ma|Lục|Lò|Giàng|Sùng|Vàng|Thào|Tòng|Cầm|Đàm|Đậu|Thiều|Mẫn|"
      "Văn|Cù|Khổng|Thích" },

    /* no labels: given names, as pen-names begin */

    { ARTICLE_MARKER_NONE,
      ARTICLE_LABEL_GIVEN,
      "Anh|Bá|Bảo|Bích|Cẩm|Cường|Diệu|Dũng|Duy|Đình|Đức|Gia|Hạnh|Hiền|Hoài|"
      "Hồng|Huy|Huyền|Hùng|Hữu|Hương|Khánh|Khắc|Kim|Kiều|Lan|Linh|Loan|Long|"
      "Mạnh|Minh|Nga|Ngọc|Nguyệt|Nhật|Như|Nhung|Phúc|Phước|Phương|Quang|Quốc|"
      "Quỳnh|Sơn|Tâm|Thanh|Thảo|Thế|Thu|Thùy|Thúy|Thủy|Tiến|Trang|Trâm|Trọng|"
      "Tú|Tuấn|Tùng|Tuyết|Vân|Việt|Xuân|Yến|Bình|Thiện|Trung|Diễm|Trà|Chí|"
      "Trí|Đăng|Hải|Hiếu|Hoa|Khoa|Lệ|Mỹ|Nam|Ngân|Nghĩa|Oanh|Phú|Quân|Quý|"
      "Thành|Thắng|Thiên|Thịnh|Thuận|Toàn|Trinh|Trúc|Uyên|Vinh|Vĩnh|Vy" },

    /* no labels: remarks behind a name */

    { ARTICLE_MARKER_NONE,
      ARTICLE_LABEL_REMARK,
      "tổng hợp|thực hiện|ghi|dịch|lược ghi|biên soạn|sưu tầm|tổng thuật|"
      "trích dịch|lược dịch|lược thuật|t/h|st|ghi chép|giới thiệu|cung cấp|"
      "và nhóm PV|biên tập|biên dịch|tin và ảnh|bài và ảnh|và cộng sự|"
      "dịch Việt|chuyển ngữ|phỏng dịch|thuật" },

    /* no labels: words beside numbers and in dates */

    { ARTICLE_MARKER_NONE,
      ARTICLE_LABEL_WORD,
      "am|pm|sa|ch|h|gmt|lần|lượt|người|lúc|giờ|phút|ngày|tháng|năm|thứ|hai|"
      "ba|tư|sáu|bảy|chủ|nhật|cn|t2|t3|t4|t5|t6|t7|là" },
};


const unsigned  article_label_groups_number =
    sizeof(article_label_groups) / sizeof(article_label_groups[0]);
